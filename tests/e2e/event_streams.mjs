// The events of a room, read as a browser reads them (npm eventsource), over a line that is cut
// again and again while two people write and a bot chats: nothing is lost, and nothing comes twice.
//
//   node event_streams.mjs COWRITED
import { createRequire } from 'node:module'
import { createConnection, createServer } from 'node:net'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Server, check, realYjs, run, seededRandom, skip, temporaryFolder, until } from './harness.mjs'

const [cowrited] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
if (!existsSync(join(here, 'node_modules', 'eventsource'))) {
  skip('the npm packages are not installed; ./dev setup does it')
}
const { EventSource } = createRequire(join(here, 'package.json'))('eventsource')
const { Y, WebsocketProvider, WebSocket } = realYjs()
const random = seededRandom()

/** A relay to a server on loopback that can be cut, in the middle of whatever is on its way. */
class Wire {
  static async to (port) {
    const wire = new Wire()
    wire.sockets = new Set()
    wire.server = createServer(inner => {
      const outer = createConnection(port, '127.0.0.1')
      for (const [from, to] of [[inner, outer], [outer, inner]]) {
        wire.sockets.add(from)
        from.on('data', bytes => {
          // A cut leaves half of it behind.
          if (wire.isAboutToCut && from === outer) {
            wire.isAboutToCut = false
            to.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => wire.cut())
          } else {
            to.write(bytes)
          }
        })
        from.on('error', () => {})
        from.on('close', () => { wire.sockets.delete(from); to.destroy() })
      }
    })
    await new Promise(resolve => wire.server.listen(0, '127.0.0.1', resolve))
    wire.port = wire.server.address().port
    return wire
  }

  cut () { for (const socket of this.sockets) socket.destroy() }
  close () { this.server.close(); this.cut() }
}

function writer (server, name) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${server.url}/r`, 'plans', doc, { WebSocketPolyfill: WebSocket, disableBc: true })
  provider.awareness.setLocalStateField('user', { id: name, name, color: '#3366cc' })
  return { doc, provider, text: doc.getText('content') }
}

async function say (server, text) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/rooms/plans/chat`, { method: 'POST', body: JSON.stringify({ name: 'Bot', text }) })
  check(answer.status === 201, `the chat answered ${answer.status}`)
}

await run('event streams', async () => {
  const server = await Server.start(cowrited, temporaryFolder())
  const wire = await Wire.to(server.port)
  const people = [writer(server, 'Anna'), writer(server, 'Bert')]
  await until('both are there', () => people.every(({ provider }) => provider.synced))

  const seen = []
  const snapshots = []
  let opened = 0
  const source = new EventSource(`http://127.0.0.1:${wire.port}/rooms/plans/events`)
  source.onopen = () => { ++opened }
  source.addEventListener('snapshot', event => snapshots.push(event))
  for (const type of ['presence', 'chat', 'document']) {
    source.addEventListener(type, event => seen.push({ type, number: Number(event.lastEventId.split('.').at(-1)), data: JSON.parse(event.data) }))
  }
  await until('the stream has begun', () => snapshots.length === 1)
  const names = JSON.parse(snapshots[0].data).people.map(({ name }) => name).sort()
  check(names.join() === 'Anna,Bert', `people of the snapshot: ${names}`)
  const first = Number(snapshots[0].lastEventId.split('.').at(-1))

  const messages = []
  const cuts = 8
  for (let round = 0; round < 10 * cuts; ++round) {
    const { text } = random.pick(people)
    text.insert(random.below(text.length + 1), `<${round}>`)
    if (round % 4 === 0) {
      messages.push(`message ${round}`)
      await say(server, messages.at(-1))
    }
    if (round % 10 === 9) {
      const before = opened
      wire.isAboutToCut = true
      people[0].text.insert(0, 'x')
      await until('the reader is back', () => opened > before)
    }
  }
  people[1].provider.destroy()
  const last = 'the end'
  await say(server, last)
  messages.push(last)
  await until('the last message has come', () => seen.some(({ data }) => data.text === last))
  await until('Bert has gone', () => seen.some(({ type, data }) => type === 'presence' && data.gone.length > 0))

  check(snapshots.length === 1, 'what could be resumed began anew')
  check(opened === cuts + 1, `${opened - 1} cuts instead of ${cuts}`)
  seen.forEach(({ number }, i) => check(number === first + 1 + i, `event ${number} after ${first + i}`))
  const chat = seen.filter(({ type }) => type === 'chat').map(({ data }) => data.text)
  check(JSON.stringify(chat) === JSON.stringify(messages), `the chat was told as ${JSON.stringify(chat)}`)

  // The deltas are all that happened to the text.
  const mirror = new Y.Doc().getText('mirror')
  for (const { data } of seen) if (data.delta) mirror.applyDelta(data.delta)
  check(mirror.toString() === people[0].text.toString(), 'the deltas make another text')

  people[0].provider.destroy()
  await server.end()
  source.close()
  wire.close()
})
