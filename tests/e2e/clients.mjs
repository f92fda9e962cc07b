// Yjs clients of every make behind one face, for the tests that edit with them.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compatDirectory, realYjs, stateOfYjs } from './harness.mjs'

const require = createRequire(join(compatDirectory, 'package.json'))

/** Loads a package so that it shares its Yjs with everybody else here. */
export function load (name) { return require(name) }

/** What the clients below have in common: a document, presence, and a wish to be connected. */
class Client {
  constructor (name, root = 'content') {
    this.name = name
    this.root = root
    this.isWanted = true
  }

  get awareness () { return this.provider.awareness }
  get synced () { return this.provider.synced }
  get content () { return this.doc.getText(this.root) }
  state () { return stateOfYjs(realYjs().Y, this.doc, this.root) }
  /** The names of everybody whose presence is known here. */
  names () { return [...this.awareness.getStates().values()].map(state => state.user?.name).filter(Boolean).sort() }
  appear () { this.awareness.setLocalStateField('user', { name: this.name, color: '#30bced' }) }
  toggle () {
    this.isWanted = !this.isWanted
    this.isWanted ? this.connect() : this.disconnect()
  }
  comeBack () { if (!this.isWanted) this.toggle() }
  connect () { this.provider.connect() }
  disconnect () { this.provider.disconnect() }
  destroy () { this.provider.destroy() }
}

/** y-websocket 3 with Yjs 13.6. */
export class YWebsocketClient extends Client {
  constructor (url, room, name, { params = {}, root } = {}) {
    super(name, root)
    const { Y, WebsocketProvider, WebSocket } = realYjs()
    this.doc = new Y.Doc()
    this.provider = new WebsocketProvider(url, room, this.doc, { WebSocketPolyfill: WebSocket, disableBc: true, maxBackoffTime: 200, params })
    this.appear()
  }
}

/** The client of y-sweet. */
export class YSweetClient extends Client {
  /** @param server as of servers.mjs, whose token gives tokens for documents */
  constructor (server, room, name) {
    super(name)
    const { Y, WebSocket } = realYjs()
    this.doc = new Y.Doc()
    this.provider = load('@y-sweet/client').createYjsProvider(this.doc, room, () => clientToken(server, room), { WebSocketPolyfill: WebSocket, showDebuggerLink: false })
    this.appear()
  }

  get isStored () { return !this.provider.hasLocalChanges }
  destroy () {
    // It would come back after its own goodbye.
    this.provider.connect = () => {}
    this.provider.destroy()
  }
}

/** What an application's server asks of a y-sweet server for its users. */
async function clientToken ({ port, token }, docId) {
  const ask = (path, body) => fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
  await ask('doc/new', { docId })
  return (await ask(`doc/${docId}/auth`, {})).json()
}

/** The provider of JupyterLab is that of y-websocket, after a call for the session. */
export class JupyterClient extends YWebsocketClient {
  static async start ({ port, token }, path, name) {
    const response = await fetch(`http://127.0.0.1:${port}/api/collaboration/session/${path}`, { method: 'PUT', headers: { Authorization: `token ${token}` }, body: JSON.stringify({ format: 'text', type: 'file' }) })
    const { format, type, fileId, sessionId } = await response.json()
    return new JupyterClient(`ws://127.0.0.1:${port}/api/collaboration/room`, `${format}:${type}:${fileId}`, name, { params: { sessionId, token }, root: 'source' })
  }
}

/** A provider of Hocuspocus with a socket of its own, or on one that it shares. */
export class HocuspocusClient extends Client {
  /** @param options.version 3 or 4; @param options.websocketProvider a socket to share */
  constructor (url, room, name, { version = 4, token = null, websocketProvider, ...more } = {}) {
    super(name)
    const { Y } = realYjs()
    const { HocuspocusProvider } = hocuspocusProvider(version)
    this.doc = new Y.Doc()
    this.provider = new HocuspocusProvider({
      ...(websocketProvider ? { websocketProvider } : { url, WebSocketPolyfill: quietWebSocket(), ...kQuick }),
      name: room,
      document: this.doc,
      token,
      ...more
    })
    if (websocketProvider) this.provider.attach()
    this.appear()
  }

  /** A provider that still closes its last connection ignores the wish to connect. */
  connect () {
    if (!this.isWanted) return
    if (this.provider.configuration.websocketProvider.status === 'connected') setTimeout(() => this.connect(), 5)
    else this.provider.connect()
  }

  destroy () {
    this.isWanted = false
    this.provider.destroy()
  }

  /** Everything that was written here is on the server's disk. */
  get isStored () { return this.provider.unsyncedChanges === 0 }
}

/** Providers of Hocuspocus stop listening to a socket before they close it, which `ws` then calls an
 * error that nobody handles. */
function quietWebSocket () {
  const { WebSocket } = realYjs()
  return class extends WebSocket {
    constructor (...args) {
      super(...args)
      this.on('error', () => {})
    }
  }
}

/** Reconnecting without making a test wait. */
const kQuick = { delay: 20, minDelay: 20, maxDelay: 200 }

export function hocuspocusProvider (version) {
  return load(version === 3 ? 'hocuspocus-provider-3' : '@hocuspocus/provider')
}

/** A socket for several providers. */
export function hocuspocusSocket (url, version = 4, more = {}) {
  const { HocuspocusProviderWebsocket } = hocuspocusProvider(version)
  return new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: quietWebSocket(), ...kQuick, ...more })
}
