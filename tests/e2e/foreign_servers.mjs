// A headless cowrite as a guest of servers of other makes: which dialect they speak is found out, and
// what they say beside edits is understood.
//
//   node foreign_servers.mjs COWRITE
import { App, check, run, temporaryFolder, until } from './harness.mjs'
import { HocuspocusClient, JupyterClient, YSweetClient, YWebsocketClient } from './clients.mjs'
import { canStart, startServer } from './servers.mjs'

const [cowrite] = process.argv.slice(2)
const join = (address, name, profile = temporaryFolder()) => App.start(cowrite, profile, name, ['--join', address])

async function hocuspocus (version) {
  const server = await startServer(`hocuspocus-${version}`)
  const profile = temporaryFolder()
  const before = Date.now()
  let app = await join(server.address('plan'), 'Cora', profile)
  await app.reach('online')
  const foundOutIn = Date.now() - before
  const other = new HocuspocusClient(server.url, 'plan', 'Hugo', { version })
  await until('the provider is in sync', () => other.synced)
  await until('they see each other', async () => (await app.status()).people.sort().join() === 'Cora,Hugo' && other.names().join() === 'Cora,Hugo')
  app.tell({ do: 'insert', at: 0, text: 'from Cora. ' })
  await app.reach('stored')
  other.content.insert(0, 'from Hugo. ')
  await until('both have both', async () => (await app.print()).text === other.content.toString() && other.content.length === 22)

  // A request for the token, words of the application, and the end of the document in its own words.
  other.provider.sendStateless('ask for tokens')
  other.provider.sendStateless('tell all')
  app.tell({ do: 'insert', at: 0, text: 'still here. ' })
  await app.reach('stored')
  other.provider.sendStateless('close')
  app.tell({ do: 'insert', at: 0, text: 'back again. ' })
  await app.reach('stored')
  await app.end()

  // What was found out is remembered: nothing is tried before the token.
  const again = Date.now()
  app = await join(server.address('plan'), 'Cora', profile)
  await app.reach('online')
  console.log(`Hocuspocus ${version}: found out in ${foundOutIn} ms, the second time in sync in ${Date.now() - again} ms`)
  check((await app.print()).text.startsWith('back again. still here. '), 'an edit is missing')

  const stranger = await join(`${server.address('plan')}?token=wrong`, 'Stan')
  await until('a wrong token is refused', async () => (await stranger.status()).link === 'refused')
  check(/does not let you in\.$/.test((await stranger.status()).message), 'no sentence')
  check((await stranger.print()).text === '', 'a stranger has the text')
  await stranger.end()

  const reader = await join(`${server.address('plan')}?token=reader`, 'Rita')
  await reader.reach('online')
  await until('the reader knows', async () => (await reader.status()).readOnly)
  const text = (await reader.print()).text
  check((await reader.ask({ do: 'insert', at: 0, text: 'no ' })).error, 'a reader could write')
  check((await reader.print()).text === text && text.includes('from Hugo'), 'a reader does not read')
  await reader.end()
  await app.end()
  other.destroy()
  await server.kill()
}

async function ySweet () {
  let server = await startServer('y-sweet')
  const app = await join(server.address('notes'), 'Cora')
  await app.reach('online')
  const { address } = await app.status()
  check(address === `ys://127.0.0.1:${server.port}/notes`, `the token of the server is shown: ${address}`)
  const other = new YSweetClient(server, 'notes', 'Yves')
  await until('they see each other', async () => (await app.status()).people.sort().join() === 'Cora,Yves' && other.names().join() === 'Cora,Yves')
  app.tell({ do: 'insert', at: 0, text: 'from Cora. ' })
  await app.reach('stored')
  other.content.insert(0, 'from Yves. ')
  await until('both have both', async () => (await app.print()).text === 'from Yves. from Cora. ' && other.content.length === 22 && other.isStored)
  other.destroy()
  await app.end()

  const stranger = await join(`ys://wrong@127.0.0.1:${server.port}/notes`, 'Stan')
  await until('a wrong token is refused', async () => (await stranger.status()).link === 'refused')
  check(/does not let you in/.test((await stranger.status()).message), 'no sentence')
  await stranger.end()
  await server.kill()

  server = await startServer('y-sweet', 0, { args: ['read-only'] })
  const reader = await join(server.address('notes'), 'Rita')
  await reader.reach('online')
  await until('the reader knows', async () => (await reader.status()).readOnly)
  await reader.end()
  await server.kill()
}

async function jupyter () {
  const server = await startServer('jupyter')
  const app = await join(server.address('folder/ein%20Plan.md'), 'Cora')
  await app.reach('online')
  const { root, address } = await app.status()
  check(root === 'source', `the text is taken from ${root}`)
  check(!address.includes(server.token), `the token is shown: ${address}`)
  const other = await JupyterClient.start(server, 'folder/ein%20Plan.md', 'Jan')
  await until('they see each other', async () => (await app.status()).people.sort().join() === 'Cora,Jan' && other.names().join() === 'Cora,Jan')
  app.tell({ do: 'insert', at: 0, text: 'from Cora, ' })
  await app.reach('stored')
  other.content.insert(0, 'from Jan, ')
  await until('both have both', async () => (await app.print()).text === 'from Jan, from Cora, from the file\n' && other.content.length === 35)
  check([...other.doc.share.keys()].sort().join() === 'source,state', 'cowrite wrote roots of its own')
  other.destroy()
  await app.end()

  const lost = await join(server.address('missing.md'), 'Lea')
  await until('a missing file is refused', async () => (await lost.status()).link === 'refused')
  check(/has no file “missing\.md”/.test((await lost.status()).message), 'no sentence')
  await lost.end()
  const stranger = await join(server.address('a.md').replace(server.token, 'wrong'), 'Stan')
  await until('a wrong token is refused', async () => (await stranger.status()).link === 'refused')
  await stranger.end()
  await server.kill()
}

/** A server that took the place of another one is found out as well. */
async function anotherServerAtTheSamePlace () {
  let server = await startServer('y-websocket')
  const { port } = server
  const app = await join(server.address('moved'), 'Cora')
  await app.reach('online')
  app.tell({ do: 'insert', at: 0, text: 'kept here. ' })
  await app.reach('stored')
  await server.kill()
  await app.reach('offline')
  server = await startServer('hocuspocus-3', port)
  const other = new HocuspocusClient(server.url, 'moved', 'Hugo')
  await until('the text is there', () => other.content.toString() === 'kept here. ', 60000)
  other.destroy()
  await app.reach('online')
  await server.kill()
  await app.reach('offline')
  server = await startServer('y-websocket', port)
  const plain = new YWebsocketClient(server.url, 'moved', 'Yves')
  await until('the text is there again', () => plain.content.toString() === 'kept here. ', 60000)
  plain.destroy()
  await app.end()
  await server.kill()
}

/** Servers that keep nothing may be filled anew; nothing is mixed into what somebody else began. */
async function anotherDocumentAtTheSamePlace () {
  let server = await startServer('y-websocket')
  const { port } = server
  const app = await join(server.address('again'), 'Cora')
  await app.reach('online')
  app.tell({ do: 'insert', at: 0, text: 'mine' })
  await app.reach('stored')
  app.tell({ do: 'disconnect' })
  await server.kill()
  server = await startServer('y-websocket', port)
  const other = new YWebsocketClient(server.url, 'again', 'Yves')
  await until('the other is in sync', () => other.synced)
  other.content.insert(0, 'theirs')
  const witness = new YWebsocketClient(server.url, 'again', 'Will')
  await until('the server has it', () => witness.content.toString() === 'theirs')
  app.tell({ do: 'connect' })
  await until('the app notices', async () => (await app.status()).link === 'refused')
  check(/another document at this address/.test((await app.status()).message), 'no sentence')
  check((await app.print()).text === 'mine', 'something was mixed into the copy')
  check(other.content.toString() === 'theirs', 'something was mixed into the room')
  other.destroy()
  witness.destroy()
  await app.end()
  await server.kill()
}

await run('a guest of other servers', async () => {
  await hocuspocus(3)
  if (canStart('hocuspocus-4')) await hocuspocus(4)
  await ySweet()
  await jupyter()
  await anotherServerAtTheSamePlace()
  await anotherDocumentAtTheSamePlace()
})
