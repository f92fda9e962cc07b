// Hocuspocus on any free port of 127.0.0.1; keeps documents in memory, as it comes.
import { Server } from '@hocuspocus/server'

const server = new Server({ address: '127.0.0.1', port: 0, quiet: true, stopOnSignals: false })
await server.listen()
console.log(`listening on ws://127.0.0.1:${server.address.port}`)
