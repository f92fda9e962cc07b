// Clients of other makes and a headless cowrite edit one room at random, with connections that come
// and go, and end equal in text, delta, state vector and delete set.
//
//   node random_editing.mjs COWRITE COWRITED CLIENT...        on our server, which is killed on the way
//   node random_editing.mjs COWRITE SERVER CLIENT...          on a server of servers.mjs
//
// A CLIENT is y-websocket, hocuspocus-3, hocuspocus-4, y-sweet or jupyter.
import { App, check, difference, run, seededRandom, skip, temporaryFolder, until } from './harness.mjs'
import { HocuspocusClient, JupyterClient, YSweetClient, YWebsocketClient } from './clients.mjs'
import { canStart, isServerKind, startServer } from './servers.mjs'

const [cowrite, host, ...clientKinds] = process.argv.slice(2)
const kind = isServerKind(host) ? host : 'cowrited'
if (!canStart(kind)) skip(`this Node is too old for ${kind}`)
const cowrited = kind === 'cowrited' ? host : undefined
const random = seededRandom()

const kSteps = 2000
const kRoom = 'random'
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

function editWith (client) {
  const text = client.content
  const edit = randomEdit(text.length)
  const before = text.toString()
  const at = outsideOfPairs(before, edit.at)
  const length = outsideOfPairs(before, Math.min(edit.at + (edit.length ?? 0), before.length)) - at
  if (edit.do === 'insert') text.insert(at, edit.text)
  else if (length > 0 && edit.do === 'delete') text.delete(at, length)
  else if (length > 0) text.format(at, length, edit.attributes)
}

/** @param server as of startServer() */
function startClient (clientKind, server, name) {
  switch (clientKind) {
    case 'y-websocket': return new YWebsocketClient(server.url, kRoom, name)
    case 'hocuspocus-3': return new HocuspocusClient(server.url, kRoom, name, { version: 3 })
    case 'hocuspocus-4': return new HocuspocusClient(server.url, kRoom, name, { version: 4 })
    case 'y-sweet': return new YSweetClient(server, kRoom, name)
    case 'jupyter': return JupyterClient.start(server, kRoom, name)
    default: throw new Error(`no client ${clientKind}`)
  }
}

await run(`random editing on ${kind} by ${clientKinds.join(', ')}`, async () => {
  const folder = temporaryFolder()
  const start = port => startServer(kind, port, { cowrited, folder })
  let server = await start()
  const names = ['Nadia', 'Noah', 'Nils', 'Nora'].slice(0, clientKinds.length)
  const nodes = await Promise.all(clientKinds.map((clientKind, i) => startClient(clientKind, server, names[i])))
  const app = await App.start(cowrite, temporaryFolder(), 'Cora', ['--join', server.address(kRoom)])
  await app.reach('online')
  await until('the others are in sync', () => nodes.every(node => node.synced))

  const appNames = async () => (await app.status()).people
  await until('cowrite sees everybody', async () => (await appNames()).sort().join() === ['Cora', ...names].sort().join())
  await until('the others see cowrite', () => nodes.every(node =>
    [...node.awareness.getStates().values()].some(state => state.user?.name === 'Cora' && state.user.color.startsWith('#'))))

  let isAppWanted = true
  let length = 0
  for (let step = 1; step <= kSteps; ++step) {
    const who = random.below(nodes.length + 1)
    if (who < nodes.length) editWith(nodes[who])
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
      let missing
      await until('whoever wants to be is in sync', async () => {
        missing = nodes.filter(node => node.isWanted && !node.synced).map(node => node.name)
        const { link, message } = await app.status()
        if (isAppWanted && link !== 'online') missing.push(`Cora is ${link}: ${message}`)
        return missing.length === 0
      }).catch(error => { throw new Error(`${error.message}: ${missing}`) })
    }
    if (step % 20 === 0) length = (await app.print()).text.length
    if (cowrited && step % 450 === 0) {
      await server.kill()
      server = await start(server.port)
    }
  }

  for (const node of nodes) node.comeBack()
  app.tell({ do: 'connect' })
  await app.reach('stored')
  await until('the others are in sync again', () => nodes.every(node => node.synced))
  let last
  await until('all are equal', async () => {
    const state = await app.print()
    last = nodes.map(node => difference(state, node.state())).find(Boolean)
    return !last
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })

  const end = await app.print()
  console.log(`${kSteps} steps, ${end.text.length} characters, ${Object.keys(end.stateVector).length} clients`)
  check(!end.hasPending, 'something is still pending')
  if (!cowrited) {
    const roots = [...nodes[0].doc.share.keys()].filter(root => root !== 'state')
    check(roots.join() === server.root, `cowrite wrote roots of its own into a foreign room: ${roots}`)
  }

  for (const node of nodes) node.destroy()
  await until('presence ends with the connection', async () => (await appNames()).join() === 'Cora')
  await app.end()

  if (cowrited) {
    // What the server has on its disk is all that was there.
    await server.end()
    server = await start()
    const late = new YWebsocketClient(server.url, kRoom, 'Lena')
    await until('a late client is in sync', () => late.synced)
    check(!difference(end, late.state()), 'the server has not kept everything')
    late.destroy()
    await server.end()
  }
})
