import { defineConfig } from 'vite'

export default defineConfig({
  // relative, so that the pages work under whatever path a proxy puts them
  base: './',
  build: {
    assetsInlineLimit: 0, // the policies of the pages allow no data: where they can do without
    chunkSizeWarningLimit: 5000, // Monaco is one piece
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { explorer: 'index.html', playground: 'graphiql/index.html' },
      // "use client" and the like mean nothing here, and half the packages say it
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  worker: { format: 'es' },
})
