// Replays a recorded editing session through a headless cowrite, cowrited and a second headless
// cowrite. The server is killed twice and the writing app once; nothing that was confirmed may be
// missing, and everybody ends with the recorded text.
//
//   node trace_replay.mjs COWRITE COWRITED
//
// The traces are in the folder that COWRITE_TRACES names. COWRITE_TRACE chooses one,
// COWRITE_TRACE_EDITS cuts it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { App, Server, check, difference, run, skip, temporaryFolder, until } from './harness.mjs'

const [cowrite, cowrited] = process.argv.slice(2)
const name = process.env.COWRITE_TRACE ?? 'automerge-paper'
const file = join(process.env.COWRITE_TRACES ?? '', `${name}.json.gz`)
if (!process.env.COWRITE_TRACES || !existsSync(file)) skip(`there is no trace ${file}`)

const trace = JSON.parse(gunzipSync(readFileSync(file)))
const edits = trace.txns.map(({ patches }) => patches).slice(0, Number(process.env.COWRITE_TRACE_EDITS ?? Infinity))

/** The text after the first `count` edits, followed from where it was last asked for. */
class Reference {
  constructor () { this.count = 0; this.text = trace.startContent }
  advance (count) {
    for (; this.count < count; ++this.count) {
      for (const [at, removed, inserted] of edits[this.count]) {
        this.text = this.text.slice(0, at) + inserted + this.text.slice(at + removed)
      }
    }
    return this.text
  }
}

await run(`replay of ${name}, ${edits.length} edits`, async () => {
  const began = Date.now()
  const elapsed = () => ((Date.now() - began) / 1000).toFixed(1) + ' s'
  const serverFolder = temporaryFolder()
  const profile = temporaryFolder()
  let server = await Server.start(cowrited, serverFolder)
  const address = `cowrite://127.0.0.1:${server.port}/r/replay`
  const startWriter = () => App.start(cowrite, profile, 'Wanda', ['--join', address])
  let writer = await startWriter()
  const reader = await App.start(cowrite, temporaryFolder(), 'Rita', ['--join', address])
  await writer.reach('online')
  await reader.reach('online')

  const reference = new Reference()
  let next = 0
  const typeUpTo = async end => {
    for (; next < end; ++next) await writer.feed({ do: 'edit', patches: edits[next] })
  }
  const restartServer = async () => {
    await server.kill()
    server = await Server.start(cowrited, serverFolder, server.port)
  }

  // The server dies in the middle of it.
  await typeUpTo(Math.floor(edits.length * 0.3))
  await restartServer()
  await typeUpTo(Math.floor(edits.length * 0.5))
  console.log(`${elapsed()}: half is typed, the server was killed and is back`)

  // What the server has confirmed is on its disk: whoever asks it, and nobody else, gets it.
  await writer.reach('stored')
  console.log(`${elapsed()}: half is confirmed by the server`)
  await server.kill()
  for (const app of [writer, reader]) app.tell({ do: 'disconnect' })
  server = await Server.start(cowrited, serverFolder, server.port)
  const witness = await App.start(cowrite, temporaryFolder(), 'Will', ['--join', address])
  await witness.reach('online')
  check((await witness.print()).text === reference.advance(next), 'the server has lost what it had confirmed')
  await witness.end()
  console.log(`${elapsed()}: the server was killed again and has everything it had confirmed`)

  // The app dies in the middle of it; what it said is saved, is saved.
  for (const app of [writer, reader]) app.tell({ do: 'connect' })
  await typeUpTo(Math.floor(edits.length * 0.6))
  await writer.reach('saved')
  const saved = next
  await typeUpTo(Math.floor(edits.length * 0.7))
  await writer.kill()
  writer = await startWriter()
  // The server may have got edits that the app had no time to save; they come back from there.
  await writer.reach('online')
  const survived = (await writer.print()).text
  reference.advance(saved)
  while (reference.text !== survived && reference.count < next) reference.advance(reference.count + 1)
  check(reference.text === survived, 'the app has lost an edit that it said was saved, or half of one')
  console.log(`${elapsed()}: the app was killed; it had said that ${saved} edits were saved, and ${reference.count} are there`)
  next = reference.count

  await typeUpTo(edits.length)
  await writer.reach('stored')
  const end = await writer.print()
  if (edits.length === trace.txns.length) check(end.text === trace.endContent, "the text is not the trace's")
  let last
  await until('the reader has everything', async () => {
    last = difference(end, await reader.print())
    return !last
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })
  const seconds = (Date.now() - began) / 1000
  console.log(`${edits.length} edits through the server to the reader in ${seconds.toFixed(1)} s, kills included`)
  await writer.end()
  await reader.end()
  await server.end()
})
