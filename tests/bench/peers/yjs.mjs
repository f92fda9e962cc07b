// The measurements of bench_traces on Yjs, for comparison on the same machine.
// usage: node tests/bench/peers/yjs.mjs [FOLDER OF TRACES]     (after `./dev setup test`)
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const yjs = new URL('../../compat/node_modules/yjs/dist/yjs.mjs', import.meta.url)
if (!existsSync(yjs)) {
  console.log('skipped: Yjs is not installed; ./dev setup test does it')
  process.exit(0)
}
const Y = await import(yjs)

const traces = ['automerge-paper', 'rustcode', 'sveltecomponent', 'seph-blog1', 'friendsforever_flat']
const folder = process.argv[2] ?? process.env.COWRITE_TRACES ??
  fileURLToPath(new URL('../../../../shared/traces', import.meta.url))
const repetitions = 7

function replay (trace, onUpdate) {
  const doc = new Y.Doc()
  doc.clientID = 1
  const text = doc.getText('text')
  if (onUpdate) doc.on('update', onUpdate)
  for (const { patches } of trace.txns) {
    for (const [position, removed, inserted] of patches) {
      doc.transact(() => {
        if (removed > 0) text.delete(position, removed)
        if (inserted !== '') text.insert(position, inserted)
      })
    }
  }
  return doc
}

function apply (updates) {
  const doc = new Y.Doc()
  doc.clientID = 2
  doc.getText('text')
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

function measure (name, run, note = '') {
  const times = []
  for (let i = 0; i < repetitions; i++) {
    const start = process.hrtime.bigint()
    run()
    times.push(Number(process.hrtime.bigint() - start) / 1e6)
  }
  times.sort((a, b) => a - b)
  console.log(`${name.padEnd(40)} ${times[repetitions >> 1].toFixed(3).padStart(10)} ms ${note}`)
}

for (const name of traces) {
  const file = join(folder, `${name}.json.gz`)
  if (!existsSync(file)) {
    console.log(`skipped: there is no ${file}`)
    continue
  }
  const trace = JSON.parse(gunzipSync(readFileSync(file)))
  const updates = []
  const doc = replay(trace, (update) => updates.push(update))
  if (doc.getText('text').toString() !== trace.endContent) throw new Error(`${name} ends otherwise`)
  const state = Y.encodeStateAsUpdate(doc)
  const bytes = updates.reduce((sum, update) => sum + update.length, 0)
  measure(`local/${name}`, () => replay(trace))
  measure(`local_updates/${name}`, () => replay(trace, () => {}), `bytes=${bytes}`)
  measure(`apply/${name}`, () => apply(updates))
  measure(`encode/${name}`, () => Y.encodeStateAsUpdate(doc), `bytes=${state.length}`)
  measure(`load/${name}`, () => apply([state]))
}
