// Builds the page into a folder, with a gzipped form of each file beside it, and lists them all for
// Qt's resource compiler.
//
//   node pack.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { build, transformWithEsbuild } from 'vite'

const [folder] = process.argv.slice(2)
const page = join(folder, 'page')
const root = import.meta.dirname ?? process.cwd()

function filesBelow (base) {
  return readdirSync(page, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(base, join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

rmSync(page, { recursive: true, force: true })
mkdirSync(page, { recursive: true })
await build({ root, logLevel: 'warn', build: { outDir: page, emptyOutDir: false } })

// The service worker keeps all but the fonts, which most machines have. A change of the page changes
// it as well, by which browsers know.
const kept = filesBelow(page).filter(name => name.startsWith('assets/') && !name.endsWith('.woff2')).map(name => `/${name}`)
const version = createHash('sha256').update(readFileSync(join(page, 'index.html'))).update(kept.join()).digest('hex').slice(0, 16)
const worker = await transformWithEsbuild(readFileSync(join(root, 'src', 'worker.ts'), 'utf8'), 'worker.ts', {
  minify: true, format: 'iife', target: 'es2022', define: { files: JSON.stringify(kept), version: JSON.stringify(version) }
})
writeFileSync(join(page, 'assets', 'worker.js'), worker.code)

for (const name of filesBelow(page)) {
  const bytes = readFileSync(join(page, name))
  const packed = gzipSync(bytes, { level: 9 })
  // What does not shrink, as fonts, is sent as it is.
  if (packed.length < bytes.length * 0.95) writeFileSync(join(page, `${name}.gz`), packed)
}
writeFileSync(join(folder, 'page.qrc'), [
  '<RCC><qresource prefix="/web">',
  ...filesBelow(folder).map(name => `<file alias="${relative('page', name)}">${name}</file>`),
  '</qresource></RCC>', ''
].join('\n'))
