// What a y-sweet server does, on a port of 127.0.0.1, 0 for any free one; prints the port it got. Its
// own is a native program that npm does not bring along. After yjs-compat.md 7.8: a document has to be
// made, a server token gives a client token for it, the socket's path has the id twice, and message 102
// comes back as it is.
//
//   node y_sweet_server.mjs PORT SERVER_TOKEN [read-only]
import { createServer } from 'node:http'
import { YjsRooms, answer, bodyOf } from './yjs_room.mjs'
import { realYjs } from './harness.mjs'

const [port, serverToken, authorization = 'full'] = process.argv.slice(2)
const kVersion = 102
const { WebSocketServer } = realYjs().WebSocket
const rooms = new YjsRooms()
const made = new Set()

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://host')
  const body = JSON.parse(await bodyOf(request) || '{}')
  if (request.headers.authorization !== `Bearer ${serverToken}`) return answer(response, 401, {})
  if (request.method === 'POST' && pathname === '/doc/new') {
    made.add(body.docId)
    return answer(response, 200, { docId: body.docId })
  }
  const docId = /^\/doc\/([A-Za-z0-9_-]+)\/auth$/.exec(pathname)?.[1]
  if (request.method !== 'POST' || !made.has(docId)) return answer(response, 404, {})
  const host = `127.0.0.1:${server.address().port}`
  answer(response, 200, { url: `ws://${host}/d/${docId}/ws`, baseUrl: `http://${host}/d/${docId}`, docId, token: `client token of ${docId}`, authorization })
})

const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  const { pathname, searchParams } = new URL(request.url, 'http://host')
  const [, first, second] = /^\/d\/([^/]+)\/ws\/([^/]+)$/.exec(pathname) ?? []
  const status = first === undefined || first !== second ? 400 : searchParams.get('token') !== `client token of ${first}` ? 401 : 101
  if (status !== 101) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
  sockets.handleUpgrade(request, socket, head, webSocket =>
    rooms.get(first).enter(webSocket, (channel, message) => { if (channel === kVersion) webSocket.send(message) }, authorization !== 'full'))
})
server.listen(Number(port), '127.0.0.1', () => console.log(server.address().port))
