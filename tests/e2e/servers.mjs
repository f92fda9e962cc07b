// The servers that the tests run on, behind one face: cowrited, and those of others as processes of
// their own.
import { Script, Server } from './harness.mjs'

/** What a server calls the document `room`, for cowrite and for the clients of clients.mjs. */
const kinds = {
  cowrited: {
    start: (port, { cowrited, folder }) => Server.start(cowrited, folder, port),
    address: ({ url }, room) => `${url}/r/${room}`
  },
  'y-websocket': { script: 'y_server.mjs', scheme: 'ws' },
  'hocuspocus-3': { script: 'hocuspocus_server.mjs', scheme: 'ws', args: ['3'] },
  'hocuspocus-4': { script: 'hocuspocus_server.mjs', scheme: 'ws', args: ['4'] },
  'y-sweet': { script: 'y_sweet_server.mjs', scheme: 'ys', token: 'c2VydmVyLXRva2Vu' },
  jupyter: { script: 'jupyter_server.mjs', scheme: 'http', token: '6a7570797465722d746f6b656e', root: 'source' }
}

/** Hocuspocus 4 needs a newer Node than Debian 12 and Ubuntu 24.04 have. */
export const canStart = kind => kind !== 'hocuspocus-4' || Number(process.versions.node.split('.')[0]) >= 20

export const isServerKind = kind => Object.hasOwn(kinds, kind)

/** @param kind a key of `kinds`; @param options for cowrited: the program and its folder */
export async function startServer (kind, port = 0, options = {}) {
  const { script, scheme, args = [], token, start, address, root = 'content' } = kinds[kind]
  if (start) {
    const server = await start(port, options)
    return Object.assign(server, { root, address: room => address(server, room) })
  }
  const server = Script.start(script, [String(port), ...args, ...(token ? [token] : []), ...(options.args ?? [])])
  server.port = Number(await server.line())
  server.url = `ws://127.0.0.1:${server.port}`
  server.token = token
  server.root = root
  server.address = {
    ws: room => `ws://127.0.0.1:${server.port}/${room}`,
    ys: room => `ys://${token}@127.0.0.1:${server.port}/${room}`,
    http: room => `http://127.0.0.1:${server.port}/lab/tree/${room}?token=${token}`
  }[scheme]
  return server
}
