// What JupyterLab's server does for a text file, on a port of 127.0.0.1, 0 for any free one; prints the
// port it got. After yjs-compat.md 7.3 and 8.3: a session is asked for by the path of the file, the room
// is called by format, type and the id of the file, and the server says what only JupyterLab
// understands on the channel of authentication.
//
//   node jupyter_server.mjs PORT TOKEN
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { YjsRooms, answer, bodyOf } from './yjs_room.mjs'
import { realYjs } from './harness.mjs'

const [port, token] = process.argv.slice(2)
const { Y, WebSocket: { WebSocketServer } } = realYjs()
const kText = 'from the file\n'
const sessionId = randomUUID()
const fileIds = new Map()

// The same text from the same file in every run of the server, so that nothing comes twice.
const rooms = new YjsRooms(room => {
  const source = new Y.Doc()
  source.clientID = 0
  source.getText('source').insert(0, kText)
  source.getMap('state').set('file_type', 'file')
  Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(source))
})

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(/^\/api\/collaboration\/session\/(.+)$/.exec(request.url)?.[1] ?? '')
  const body = await bodyOf(request)
  if (request.headers.authorization !== `token ${token}`) return answer(response, 403, {})
  if (request.method !== 'PUT' || path === '' || path.includes('missing')) return answer(response, 404, {})
  const isNew = !fileIds.has(path)
  if (isNew) fileIds.set(path, `id-of-${path.replaceAll('/', '-')}`)
  const { format, type } = JSON.parse(body)
  answer(response, isNew ? 201 : 200, { format, type, fileId: fileIds.get(path), sessionId })
})

const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  const { pathname, searchParams } = new URL(request.url, 'http://host')
  const room = /^\/api\/collaboration\/room\/(text:file:.+)$/.exec(pathname)?.[1]
  const isLetIn = request.headers.authorization === `token ${token}` || searchParams.get('token') === token
  if (!room || !isLetIn) return socket.end(`HTTP/1.1 ${room ? 403 : 404} No\r\nContent-Length: 0\r\n\r\n`)
  sockets.handleUpgrade(request, socket, head, webSocket => {
    if (searchParams.get('sessionId') !== sessionId) return webSocket.close(1003, 'the session has expired')
    rooms.get(decodeURIComponent(room)).enter(webSocket)
    for (const message of ['{"type":"save","responseTo":1,"status":"success"}', '\0']) {
      webSocket.send(Buffer.concat([Buffer.from([2, message.length]), Buffer.from(message)]))
    }
  })
})
server.listen(Number(port), '127.0.0.1', () => console.log(server.address().port))
