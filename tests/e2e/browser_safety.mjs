// What a browser keeps when things go wrong: a tab that is closed offline, and a room that was
// replaced by another document.
//
//   node browser_safety.mjs COWRITED
import { readFileSync, rmSync } from 'node:fs'
import { Browser, Line } from './browser.mjs'
import { Server, check, realYjs, run, temporaryFolder, until } from './harness.mjs'

const [cowrited] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()
const browser = await Browser.start()

/** Somebody with y-websocket in the same room. */
function reader (port, room) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/r`, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true, maxBackoffTime: 200 })
  return { doc, provider, text: () => doc.getText('content').toString() }
}

await run('browser safety', async () => {
  const folder = temporaryFolder()
  let server = await Server.start(cowrited, folder)
  const { port } = server
  const line = await Line.to(port)
  const address = `http://127.0.0.1:${line.port}/r/plan`
  const anna = await browser.open(address)
  await anna.ready()
  await anna.type('') // Nothing is typed into a page that was not clicked.
  await anna.caretAt(0)
  await anna.type('On the server. ')
  await anna.ready()
  const yara = reader(port, 'plan')
  await until('the edit is on the server', () => yara.text() === 'On the server. ')

  // The tab is closed while the edits wait; nothing is known of them until it is opened again.
  line.cut()
  await anna.page.getByText('You are offline.').waitFor()
  await anna.caretAt(15)
  await anna.type('Offline. ')
  await anna.savedIs(/^Offline: \d+ edits? saved in this browser$/)
  await anna.page.close({ runBeforeUnload: false })
  line.mend()
  const again = await anna.openAgain(address)
  await again.ready()
  check(await again.text() === 'On the server. Offline. ', 'the copy in the browser was not read')
  await until('the edits have come', () => yara.text() === 'On the server. Offline. ')

  // They are counted until the server has them, also over a restart of the page.
  await again.page.reload()
  await again.ready()
  again.checkWellBehaved()

  // The room becomes another document under the same name.
  line.cut()
  await again.page.getByText('You are offline.').waitFor()
  await again.caretAt(0)
  await again.type('Mine. ')
  await again.savedIs(/^Offline: \d+ edits? saved in this browser$/)
  yara.provider.destroy()
  await server.end()
  rmSync(folder, { recursive: true })
  server = await Server.start(cowrited, temporaryFolder(), port)
  const other = reader(port, 'plan')
  await until('the room is there', () => other.provider.synced)
  other.doc.getMap('meta').set('id', 'another-document')
  other.doc.getText('content').insert(0, 'Another document.')
  line.mend()
  await again.reconnect()
  await again.page.getByText('There is another document at this address now.').waitFor()
  check(await again.text() === 'Mine. On the server. Offline. ', 'the copy here was changed')
  check(other.text() === 'Another document.', 'something was told to the other document')
  const [download] = await Promise.all([
    again.page.waitForEvent('download'),
    again.page.getByRole('button', { name: 'Save mine as a file' }).click()
  ])
  check(download.suggestedFilename() === 'Untitled.md', `the file is called ${download.suggestedFilename()}`)
  again.page.on('dialog', dialog => { void dialog.accept() })
  await again.page.getByRole('button', { name: 'Open the other one' }).click()
  await again.page.waitForLoadState()
  await again.ready()
  check(await again.text() === 'Another document.', 'the other document is not shown')
  check(other.text() === 'Another document.', 'something was mixed in')
  const [earlier] = await Promise.all([
    again.page.waitForEvent('download'),
    again.page.getByRole('button', { name: 'Save it as a file' }).click()
  ])
  check(readFileSync(await earlier.path(), 'utf8') === 'Mine. On the server. Offline. ', 'the earlier copy is not what it was')
  other.provider.destroy()
  again.checkWellBehaved()
  await browser.close()
  await server.end()
})
