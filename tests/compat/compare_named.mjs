// Compares cowrite-script with real Yjs on scripts that are kept in files, each named after what it
// shows.
// usage: node compare_named.mjs PROGRAM [SCRIPT.jsonl...]      (without files: all of scripts/)
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { difference, report, runYjs, say } from './comparison.mjs'

const [program, ...given] = process.argv.slice(2)
const folder = join(fileURLToPath(new URL('.', import.meta.url)), 'scripts')
const files = given.length > 0
  ? given
  : readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort().map(name => join(folder, name))
let failures = 0
for (const file of files) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(line => line.trim() !== '')
  const steps = lines.map(line => JSON.parse(line))
  const found = difference(program, steps)
  if ((runYjs(steps) ?? []).length === 0) {
    failures++
    say(`${file}: Yjs refuses it, or it prints nothing`)
  } else if (found === undefined) {
    say(`${file}: no difference`)
  } else {
    failures++
    report(file, found)
  }
}
say(`${files.length} scripts, ${failures} with differences`)
process.exitCode = failures === 0 && files.length > 0 ? 0 : 1
