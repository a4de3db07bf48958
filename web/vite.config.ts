import { defineConfig } from 'vite'

export default defineConfig({
  // relative, so that the page works under whatever path a proxy puts it
  base: './',
  build: {
    assetsInlineLimit: 0, // the policy of the page allows no data: where it can do without
    chunkSizeWarningLimit: 5000, // Monaco is one piece
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      // "use client" and the like mean nothing here, and half the packages say it
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  worker: { format: 'es' },
})
