// Two clients of the Yjs 14 generation (`@y/websocket` with `@y/y`) and a headless cowrite write in one
// room of cowrited, with connections that come and go. Yjs 13 and 14 must not share a process, so this
// one never loads Yjs 13.
//
//   node yjs14_clients.mjs COWRITE COWRITED
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { App, Server, check, compatDirectory, run, seededRandom, skip, temporaryFolder, until } from './harness.mjs'

const [cowrite, cowrited] = process.argv.slice(2)
if (!existsSync(join(compatDirectory, 'node_modules', '@y', 'websocket'))) skip('the npm packages are not installed; ./dev setup does it')
const require = createRequire(join(compatDirectory, 'package.json'))
const load = file => import(pathToFileURL(join(compatDirectory, 'node_modules', file)))
const Y = await load('@y/y/src/index.js')
const { WebsocketProvider } = await load('@y/websocket/src/y-websocket.js')
const random = seededRandom()
const kPieces = ['a', 'Wort ', 'two words ', '\n', 'ß', '😀', '字', 'x'.repeat(40)]

class Client {
  constructor (url, room, name) {
    this.doc = new Y.Doc()
    this.text = this.doc.get('content')
    this.provider = new WebsocketProvider(url, room, this.doc, { WebSocketPolyfill: require('ws'), disableBc: true, maxBackoffTime: 200 })
    this.provider.awareness.setLocalStateField('user', { name, color: '#30bced' })
    this.isWanted = true
  }
  toggle () {
    this.isWanted = !this.isWanted
    this.isWanted ? this.provider.connect() : this.provider.disconnect()
  }
  edit () {
    const before = this.text.toString()
    const at = outsideOfPairs(before, random.below(before.length + 1))
    const end = outsideOfPairs(before, Math.min(before.length, at + 1 + random.below(6)))
    if (random.below(10) < 6 || end <= at) this.text.insert(at, random.pick(kPieces))
    else this.text.delete(at, end - at)
  }
}

function outsideOfPairs (text, offset) {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1)) ? offset - 1 : offset
}

await run('clients of Yjs 14 on cowrited', async () => {
  const server = await Server.start(cowrited, temporaryFolder())
  const clients = ['Yann', 'Yuri'].map(name => new Client(server.url, 'fourteen', name))
  const app = await App.start(cowrite, temporaryFolder(), 'Cora', ['--join', `${server.url}/r/fourteen`])
  await app.reach('online')
  await until('all are in sync', () => clients.every(client => client.provider.synced))
  await until('cowrite sees everybody', async () => (await app.status()).people.sort().join() === 'Cora,Yann,Yuri')

  for (let step = 1; step <= 600; ++step) {
    const who = random.below(3)
    if (who < 2) clients[who].edit()
    else app.tell({ do: 'insert', at: 0, text: random.pick(kPieces) })
    if (random.below(30) === 0) random.pick(clients).toggle()
    await new Promise(resolve => setImmediate(resolve))
    if (step % 100 === 0) {
      await until('whoever wants to be is in sync', () => clients.every(client => !client.isWanted || client.provider.synced))
    }
  }
  for (const client of clients) if (!client.isWanted) client.toggle()
  await app.reach('stored')
  await until('all are equal', async () => {
    const { text, stateVector } = await app.print()
    return clients.every(({ doc, text: own }) => {
      const known = Y.decodeStateVector(Y.encodeStateVector(doc))
      return own.toString() === text && known.size === Object.keys(stateVector).length &&
        [...known].every(([client, clock]) => stateVector[client] === clock)
    })
  })
  check(!(await app.print()).hasPending, 'something is still pending')
  for (const client of clients) client.provider.destroy()
  await until('they have left', async () => (await app.status()).people.join() === 'Cora')
  await app.end()
  await server.end()
})
