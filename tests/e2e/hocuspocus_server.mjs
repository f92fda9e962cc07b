// @hocuspocus/server on a port of 127.0.0.1, 0 for any free one; prints the port it got. Documents are
// kept in memory.
//
//   node hocuspocus_server.mjs PORT 3|4
//
// The token `wrong` is denied, `reader` may read only; with any other one everything is allowed.
import { load } from './clients.mjs'

const [port, version] = process.argv.slice(2)
const { Server } = load(version === '3' ? 'hocuspocus-server-3' : '@hocuspocus/server')
const server = new Server({
  address: '127.0.0.1',
  port: Number(port),
  quiet: true,
  stopOnSignals: false,
  async onAuthenticate ({ token, connectionConfig }) {
    if (token === 'wrong') throw Object.assign(new Error('denied'), { reason: 'bad-token' })
    connectionConfig.readOnly = token === 'reader'
  },
  // What an application might do with everybody in a document.
  async onStateless ({ payload, document }) {
    for (const connection of document.getConnections()) {
      if (payload === 'ask for tokens') connection.requestToken()
      if (payload === 'close') connection.close({ code: 4205, reason: 'closed by the application' })
      if (payload === 'tell all') connection.sendStateless('told')
    }
  }
})
await server.listen()
console.log(server.address.port)
