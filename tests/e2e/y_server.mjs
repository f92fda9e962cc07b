// @y/websocket-server on a port of 127.0.0.1, 0 for any free one; prints the port it got.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compatDirectory } from './harness.mjs'

const require = createRequire(join(compatDirectory, 'package.json'))
const { setupWSConnection } = await import(pathToFileURL(require.resolve('@y/websocket-server/utils').replace('dist/utils.cjs', 'src/utils.js')))
const { WebSocketServer } = require('ws')

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, webSocket => sockets.emit('connection', webSocket, request)))
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(server.address().port))
