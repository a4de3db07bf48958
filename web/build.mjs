// Builds dist/, or with --check proves that dist/ is what the sources make.
//
// A file that compression makes smaller is kept in dist/ compressed only, by brotli and by gzip: httpd sends these as
// they are and unpacks for the rare client that can read neither, so the binary does not carry everything three times.
//
// Compressors give other bytes from one version of Node to the next, the bundler does not (its version is pinned). So
// the check unpacks each file of dist/ and compares what was packed.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { build } from 'vite'

const root = import.meta.dirname
const dist = join(root, 'dist')
const brotli = promisify(zlib.brotliCompress)

/** What Vite makes of the sources: name to content. */
async function bundle() {
  const made = await build({ root, logLevel: 'warn', build: { write: false } })
  if (Array.isArray(made) || !('output' in made)) throw new Error('one build was expected')
  /** @type {Map<string, Buffer>} */
  const files = new Map()
  for (const file of made.output) files.set(file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source))
  return files
}

/**
 * What is kept of a file: ending to content.
 * @param {Buffer} content
 * @returns {Promise<[string, Buffer][]>}
 */
async function kept(content) {
  const gz = zlib.gzipSync(content, { level: 9 })
  gz.fill(0, 4, 8) // no time
  gz[9] = 255 // no operating system
  // below that it is one packet either way
  if (content.length < 1400 || gz.length > 0.9 * content.length) return [['', content]]
  const br = await brotli(content, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
  return [
    ['.br', br],
    ['.gz', gz],
  ]
}

/** @param {Map<string, Buffer>} files */
async function write(files) {
  await rm(dist, { recursive: true, force: true })
  const sums = { plain: 0, br: 0, gz: 0 }
  for (const [name, content] of files) {
    await mkdir(dirname(join(dist, name)), { recursive: true })
    const variants = await kept(content)
    for (const [ending, bytes] of variants) await writeFile(join(dist, name + ending), bytes)
    sums.plain += content.length
    sums.br += variants[0]?.[1].length ?? 0
    sums.gz += variants.at(-1)?.[1].length ?? 0
  }
  console.log(`dist: ${files.size} files, ${sums.plain} bytes, ${sums.br} by brotli, ${sums.gz} by gzip`)
}

/** @param {Map<string, Buffer>} files */
async function check(files) {
  const wrong = []
  const unseen = new Set(files.keys())
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((e) => e.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const file = relative(dist, path).replaceAll('\\', '/')
    const packed = await readFile(path)
    const [content, name] = file.endsWith('.br')
      ? [zlib.brotliDecompressSync(packed), file.slice(0, -3)]
      : file.endsWith('.gz')
        ? [zlib.gunzipSync(packed), file.slice(0, -3)]
        : [packed, file]
    if (!files.get(name)?.equals(content)) wrong.push(file)
    unseen.delete(name)
  }
  wrong.push(...unseen)
  if (wrong.length > 0) {
    console.error(`dist/ is not what the sources make; run "npm run build". Not alike:\n  ${wrong.join('\n  ')}`)
    process.exit(1)
  }
  console.log(`dist: ${files.size} files, as the sources make them`)
}

const files = await bundle()
await (process.argv.includes('--check') ? check(files) : write(files))
