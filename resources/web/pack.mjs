// Builds the page into a folder, with a gzipped form of each file beside it, and lists them all for
// Qt's resource compiler.
//
//   node pack.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const [folder] = process.argv.slice(2)
const page = join(folder, 'page')

rmSync(page, { recursive: true, force: true })
mkdirSync(page, { recursive: true })
await build({ root: import.meta.dirname ?? process.cwd(), logLevel: 'warn', build: { outDir: page, emptyOutDir: false } })

const files = readdirSync(page, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(page, join(entry.parentPath ?? entry.path, entry.name)))
  .sort()
for (const name of files) {
  const bytes = readFileSync(join(page, name))
  const packed = gzipSync(bytes, { level: 9 })
  // What does not shrink, as fonts, is sent as it is.
  if (packed.length < bytes.length * 0.95) writeFileSync(join(page, `${name}.gz`), packed)
}
const listed = readdirSync(page, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .sort()
writeFileSync(join(folder, 'page.qrc'), [
  '<RCC><qresource prefix="/web">',
  ...listed.map(name => `<file alias="${relative('page', name)}">${name}</file>`),
  '</qresource></RCC>', ''
].join('\n'))
