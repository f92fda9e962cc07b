// @y/websocket-server on any free port of 127.0.0.1; keeps documents in memory, as it comes.
// The package names its CommonJS build first, which is the slower one; this is the ES module.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { setupWSConnection } from '../node_modules/@y/websocket-server/src/utils.js'

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, webSocket => sockets.emit('connection', webSocket, request)))
server.listen(0, '127.0.0.1', () => console.log(`listening on ws://127.0.0.1:${server.address().port}`))
