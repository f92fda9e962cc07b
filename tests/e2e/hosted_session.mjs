// A file is shared from the app itself: a guest with Cowrite and one with y-websocket write in it,
// the host is killed and comes back, and nothing is lost or seeded twice.
//
//   node hosted_session.mjs COWRITE
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, check, difference, realYjs, run, stateOfYjs, temporaryFolder, until } from './harness.mjs'

const [cowrite] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()

await run('hosted session', async () => {
  const file = join(temporaryFolder(), 'plan.md')
  writeFileSync(file, '\ufeff# Plan\r\n\r\n- begin 😀\r\n')
  const hostProfile = temporaryFolder()
  let host = await App.start(cowrite, hostProfile, 'Hanna', ['--open', '--host', '127.0.0.1:0', file])
  const [, port, room] = /^cowrite:\/\/127\.0\.0\.1:(\d+)\/r\/([\w-]+)$/.exec(host.address)
  check((await host.print()).text === '# Plan\n\n- begin 😀\n', 'the file was not read as it should be')

  const guest = await App.start(cowrite, temporaryFolder(), 'Gus', ['--join', host.address])
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/r`, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true, maxBackoffTime: 200 })
  provider.awareness.setLocalStateField('user', { name: 'Yara', color: '#aa3355' })
  await guest.reach('online')
  await until('y-websocket is in sync', () => provider.synced)
  await until('the host sees everybody', async () => (await host.status()).people.join() === 'Hanna,Gus,Yara')
  check((await guest.status()).title === 'plan.md', 'the guest does not know the title')

  guest.tell({ do: 'insert', at: 0, text: 'Gus was here. ' })
  host.tell({ do: 'insert', at: 0, text: 'Hanna too. ' })
  doc.getText('content').insert(0, 'And Yara. ')
  guest.tell({ do: 'chat', text: 'Seen?' })
  await guest.reach('stored')
  await until('the host has the message', async () => (await host.status()).chat.some(({ name, text }) => name === 'Gus' && text === 'Seen?'))
  check(doc.getArray('chat').get(0).get('text') === 'Seen?', 'Yjs does not see the chat')

  // The host dies; the guests go on offline; the host comes back at the same address.
  await host.kill()
  await guest.reach('offline')
  guest.tell({ do: 'insert', at: 0, text: 'Offline. ' })
  doc.getText('content').insert(0, 'Offline too. ')
  await guest.reach('saved')
  check((await guest.status()).waiting > 0, 'the guest does not say that an edit waits')
  host = await App.start(cowrite, hostProfile, 'Hanna', ['--open', '--host', `127.0.0.1:${port}`])
  check(host.address.endsWith(room), 'the document has another address now')
  guest.tell({ do: 'connect' })
  await guest.reach('stored')

  let last
  await until('all are equal', async () => {
    const state = await host.print()
    last = difference(state, await guest.print()) ?? difference(state, stateOfYjs(Y, doc, 'content'))
    return !last
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })
  const { text } = await host.print()
  for (const piece of ['Gus was here. ', 'Hanna too. ', 'And Yara. ', 'Offline. ', 'Offline too. ', '# Plan\n\n- begin 😀\n']) {
    check(text.split(piece).length === 2, `“${piece}” is not there exactly once`)
  }
  provider.destroy()
  await until('Yara has left', async () => !(await host.status()).people.includes('Yara'))
  await guest.end()
  await host.end()
})
