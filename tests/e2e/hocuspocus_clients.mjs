// Providers of Hocuspocus on cowrited: everything of the dialect that yjs-compat.md 7.6 and case 76 of
// its section 11 name, beside a headless cowrite and a client of y-websocket in the same rooms.
//
//   node hocuspocus_clients.mjs COWRITE COWRITED
import { App, Server, check, difference, realYjs, run, temporaryFolder, until } from './harness.mjs'
import { HocuspocusClient, YWebsocketClient, hocuspocusSocket } from './clients.mjs'

const [cowrite, cowrited] = process.argv.slice(2)
const { Y, WebSocket } = realYjs()

const bytes = hex => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const hex = data => Buffer.from(data).toString('hex').replace(/..(?=.)/g, '$& ')

/** A socket that says what a test tells it to. */
async function rawSocket (url) {
  const socket = new WebSocket(url)
  socket.frames = []
  socket.on('message', data => socket.frames.push(hex(data)))
  socket.closedWith = new Promise(resolve => socket.on('close', code => resolve(code)))
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return socket
}

async function handshake (server) {
  const socket = await rawSocket(server.url)
  // Without waiting: step 1, presence; the token comes last, and nothing is answered before it.
  socket.send(bytes('05 62 79 74 65 73 00 00 01 00'))
  socket.send(bytes('05 62 79 74 65 73 01 0b 01 07 01 07 7b 22 61 22 3a 31 7d'))
  socket.send(bytes('05 62 79 74 65 73 02 00 00'))
  await until('the handshake is done', () => socket.frames.length >= 3)
  check(socket.frames[0] === '05 62 79 74 65 73 02 02 0a 72 65 61 64 2d 77 72 69 74 65', `not let in: ${socket.frames[0]}`)
  check(socket.frames[1] === '05 62 79 74 65 73 00 00 01 00', `the server does not ask first: ${socket.frames[1]}`)
  check(socket.frames[2] === '05 62 79 74 65 73 00 01 02 00 00', `no step 2: ${socket.frames[2]}`)
  socket.send(bytes('09'))
  await until('a ping is answered', () => socket.frames.includes('0a'))
  // One status for each message that changes the document, and only when it is on the disk.
  const doc = new Y.Doc()
  doc.clientID = 5
  doc.getText('content').insert(0, 'x')
  const update = Y.encodeStateAsUpdate(doc)
  socket.send(Buffer.concat([bytes('05 62 79 74 65 73 00 02'), Buffer.from([update.length]), update]))
  socket.send(bytes('05 62 79 74 65 73 00 01 02 00 00'))
  await until('both are confirmed', () => socket.frames.filter(frame => frame === '05 62 79 74 65 73 08 01').length === 2)
  socket.send(bytes('05 62 79 74 65 73 07'))
  await until('the document is closed in its own words', () => socket.frames.at(-1).startsWith('05 62 79 74 65 73 07 12'))
  socket.close()

  const stranger = await rawSocket(server.url)
  stranger.send(bytes('00 00 01 00'))
  check(await stranger.closedWith === 4401, 'what is no Hocuspocus is not closed with 4401')
  const hostile = await rawSocket(server.url)
  hostile.send(bytes('01 61 02 00 00'))
  hostile.send(bytes('01 61 00 02 03 01 01 01'))
  check(await hostile.closedWith === 4400, 'a broken update is not closed with 4400')
  const nowhere = await rawSocket(server.url)
  nowhere.send(bytes('05 61 2f 2e 2e 2f 02 00 00'))
  await until('a name that is no room is denied', () => nowhere.frames[0]?.startsWith('05 61 2f 2e 2e 2f 02 01'))
  nowhere.close()
}

async function oneRoomForAll (server, version) {
  const room = `mixed-${version}`
  const app = await App.start(cowrite, temporaryFolder(), 'Cora', ['--join', `${server.url}/r/${room}`])
  await app.reach('online')
  const plain = new YWebsocketClient(`${server.url}/r`, room, 'Yves')
  const first = new HocuspocusClient(server.url, room, 'Hugo', { version })
  const second = new HocuspocusClient(server.url, room, 'Hera', { version })
  await until('everybody is in sync', () => [plain, first, second].every(client => client.synced))
  check(first.provider.authorizedScope === 'read-write', `scope: ${first.provider.authorizedScope}`)
  const everybody = 'Cora,Hera,Hugo,Yves'
  await until('everybody sees everybody', async () =>
    [plain, first, second].every(client => client.names().join() === everybody) &&
    (await app.status()).people.sort().join() === everybody)

  first.content.insert(0, 'from Hugo. ')
  plain.content.insert(0, 'from Yves. ')
  app.tell({ do: 'insert', at: 0, text: 'from Cora. ' })
  await until('what Hugo wrote is on the disk', () => first.isStored)
  let last
  await until('all are equal', async () => {
    const state = await app.print()
    last = [plain, first, second].map(client => difference(state, client.state())).find(Boolean)
    return !last && state.text.length === 33
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })

  // Stateless messages go to the others that speak the dialect.
  const heard = []
  second.provider.on('stateless', ({ payload }) => heard.push(payload))
  first.provider.on('stateless', ({ payload }) => heard.push(`echo of ${payload}`))
  first.provider.sendStateless('look here')
  await until('the other provider hears it', () => heard.join() === 'look here')
  // A forced sync is a question; its status comes once.
  first.provider.forceSync()
  await until('a forced sync ends', () => first.isStored)

  first.destroy()
  await until('Hugo has gone', () => second.names().join() === 'Cora,Hera,Yves')
  second.destroy()
  plain.destroy()
  await app.end()
}

async function twoDocumentsOnOneSocket (server) {
  const socket = hocuspocusSocket(server.url)
  const a = new HocuspocusClient(server.url, 'shared-a', 'Ada', { websocketProvider: socket })
  const b = new HocuspocusClient(server.url, 'shared-b', 'Ada', { websocketProvider: socket })
  // Two providers of one document on one socket, told apart by their sessions.
  const c = new HocuspocusClient(server.url, 'shared-c', 'Cid', { websocketProvider: socket, sessionAwareness: true })
  const d = new HocuspocusClient(server.url, 'shared-c', 'Dan', { websocketProvider: socket, sessionAwareness: true })
  await until('all of them are in sync', () => [a, b, c, d].every(client => client.synced))
  a.content.insert(0, 'only in a')
  c.content.insert(0, 'in both')
  await until('sessions of a document hear each other', () => d.content.toString() === 'in both')
  await until('everything is on the disk', () => [a, b, c, d].every(client => client.isStored))
  check(b.content.toString() === '', 'documents of one socket are mixed')
  // One is closed, the others go on.
  a.provider.detach()
  d.content.insert(0, 'still ')
  await until('the others go on', () => c.content.toString() === 'still in both')
  const late = new HocuspocusClient(server.url, 'shared-a', 'Lea')
  await until('a late client finds it', () => late.content.toString() === 'only in a')
  check(late.names().join() === 'Lea', `somebody who has left is still there: ${late.names()}`)
  late.destroy()
  for (const client of [b, c, d]) client.destroy()
  socket.destroy()
}

/** A status of "stored" holds although the server is killed at once. */
async function whatIsConfirmedIsOnTheDisk (server, folder) {
  const writer = new HocuspocusClient(server.url, 'durable', 'Wanda')
  await until('the writer is in sync', () => writer.synced)
  for (let i = 0; i < 50; ++i) writer.content.insert(0, `${i} `)
  await until('everything is confirmed', () => writer.isStored)
  await server.kill('SIGKILL')
  const text = writer.content.toString()
  writer.destroy()
  const restarted = await Server.start(cowrited, folder)
  const witness = new HocuspocusClient(restarted.url, 'durable', 'Will')
  await until('a witness is in sync', () => witness.synced)
  check(witness.content.toString() === text, 'the server has lost what it had confirmed')
  witness.destroy()
  await restarted.end()
}

await run('providers of Hocuspocus on cowrited', async () => {
  const folder = temporaryFolder()
  const server = await Server.start(cowrited, folder)
  await handshake(server)
  await oneRoomForAll(server, 3)
  await oneRoomForAll(server, 4)
  await twoDocumentsOnOneSocket(server)
  await whatIsConfirmedIsOnTheDisk(server, folder)
})
