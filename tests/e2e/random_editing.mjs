// Clients of y-websocket and a headless cowrite edit one room at random, with connections that come
// and go, and end equal in text, delta, state vector and delete set.
//
//   node random_editing.mjs COWRITE COWRITED   on our server, which is killed on the way
//   node random_editing.mjs COWRITE            on @y/websocket-server
import { App, Script, Server, check, difference, realYjs, run, seededRandom, stateOfYjs, temporaryFolder, until } from './harness.mjs'

const [cowrite, cowrited] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()
const random = seededRandom()

const kSteps = 2000
const kRoom = 'random'
const kRoot = 'content'
const kPieces = ['a', 'Wort ', 'two words ', '\n', 'ß', '😀', '字', '- item\n', 'x'.repeat(40)]

/** One editing step on either kind of replica. */
function randomEdit (length) {
  const at = random.below(length + 1)
  const what = random.below(10)
  if (what < 6) return { do: 'insert', at, text: random.pick(kPieces) }
  if (what < 9) return { do: 'delete', at, length: 1 + random.below(6) }
  const attributes = random.pick([{ bold: true }, { bold: null }, { italic: true }, { link: 'https://example.org' }])
  return { do: 'format', at, length: 1 + random.below(10), attributes }
}

/** No editor cuts a surrogate pair, and Yjs itself may diverge when one is cut. */
function outsideOfPairs (text, offset) {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1)) ? offset - 1 : offset
}

/** A client of y-websocket. */
class NodeClient {
  constructor (url, name) {
    this.doc = new Y.Doc()
    this.provider = new WebsocketProvider(url, kRoom, this.doc, { WebSocketPolyfill: WebSocket, disableBc: true, maxBackoffTime: 200 })
    this.provider.awareness.setLocalStateField('user', { name, color: '#30bced' })
    this.isWanted = true
  }
  edit () {
    const text = this.doc.getText(kRoot)
    const edit = randomEdit(text.length)
    const before = text.toString()
    const at = outsideOfPairs(before, edit.at)
    const length = outsideOfPairs(before, Math.min(edit.at + (edit.length ?? 0), before.length)) - at
    if (edit.do === 'insert') text.insert(at, edit.text)
    else if (length > 0 && edit.do === 'delete') text.delete(at, length)
    else if (length > 0) text.format(at, length, edit.attributes)
  }
  toggle () {
    this.isWanted = !this.isWanted
    this.isWanted ? this.provider.connect() : this.provider.disconnect()
  }
  connect () { if (!this.isWanted) this.toggle() }
}

async function startServer (folder, port) {
  if (cowrited) return Server.start(cowrited, folder, port)
  const server = Script.start('y_server.mjs', [String(port ?? 0)])
  server.port = Number(await server.line())
  server.url = `ws://127.0.0.1:${server.port}`
  return server
}

await run(cowrited ? 'random editing on cowrited' : 'random editing on @y/websocket-server', async () => {
  const folder = temporaryFolder()
  let server = await startServer(folder)
  const address = `${server.url}/${cowrited ? 'r/' : ''}${kRoom}`
  const nodes = ['Nadia', 'Noah'].map(name => new NodeClient(server.url, name))
  const app = await App.start(cowrite, temporaryFolder(), 'Cora', ['--join', address])
  await app.reach('online')
  await until('the clients of y-websocket are in sync', () => nodes.every(node => node.provider.synced))

  const appNames = async () => (await app.status()).people
  await until('cowrite sees everybody', async () => (await appNames()).sort().join() === 'Cora,Nadia,Noah')
  await until('the others see cowrite', () => nodes.every(node =>
    [...node.provider.awareness.getStates().values()].some(state => state.user?.name === 'Cora' && state.user.color.startsWith('#'))))

  let isAppWanted = true
  let length = 0
  for (let step = 1; step <= kSteps; ++step) {
    const who = random.below(3)
    if (who < 2) nodes[who].edit()
    // The app's text may be longer or shorter by now; edits past the end are clamped.
    else app.tell(randomEdit(length))
    if (random.below(30) === 0) random.pick(nodes).toggle()
    if (random.below(40) === 0) {
      isAppWanted = !isAppWanted
      app.tell({ do: isAppWanted ? 'connect' : 'disconnect' })
    }
    // Let the network have its turn between keys, and now and then the time to catch up.
    await new Promise(resolve => setImmediate(resolve))
    if (step % 100 === 0) {
      await until('whoever wants to be is in sync', async () =>
        nodes.every(node => !node.isWanted || node.provider.synced) &&
        (!isAppWanted || (await app.status()).link === 'online'))
    }
    if (step % 20 === 0) length = (await app.print()).text.length
    if (cowrited && step % 450 === 0) {
      await server.kill()
      server = await startServer(folder, server.port)
    }
  }

  for (const node of nodes) node.connect()
  app.tell({ do: 'connect' })
  await app.reach('stored')
  await until('the clients of y-websocket are in sync again', () => nodes.every(node => node.provider.synced))
  let last
  await until('all are equal', async () => {
    const state = await app.print()
    last = nodes.map(node => difference(state, stateOfYjs(Y, node.doc, kRoot))).find(Boolean)
    return !last
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })

  const end = await app.print()
  console.log(`${kSteps} steps, ${end.text.length} characters, ${Object.keys(end.stateVector).length} clients`)
  check(!end.hasPending, 'something is still pending')
  if (!cowrited) {
    const roots = [...nodes[0].doc.share.keys()]
    check(roots.join() === kRoot, `cowrite wrote roots of its own into a foreign room: ${roots}`)
  }

  for (const node of nodes) node.provider.destroy()
  await until('presence ends with the connection', async () => (await appNames()).join() === 'Cora')
  await app.end()

  if (cowrited) {
    // What the server has on its disk is all that was there.
    await server.end()
    server = await startServer(folder)
    const late = new NodeClient(server.url, 'Lena')
    await until('a late client is in sync', () => late.provider.synced)
    check(!difference(end, stateOfYjs(Y, late.doc, kRoot)), 'the server has not kept everything')
    late.provider.destroy()
    await server.end()
  }
})
