// A room of a y-websocket server in a few lines, for servers whose own way to a room is what matters.
import { load } from './clients.mjs'
import { realYjs } from './harness.mjs'

const { Y } = realYjs()
const awarenessProtocol = load('y-protocols/awareness')
const syncProtocol = load('y-protocols/sync')
const encoding = load('lib0/encoding')
const decoding = load('lib0/decoding')

const kSync = 0
const kAwareness = 1
const kQueryAwareness = 3

export class YjsRoom {
  constructor () {
    this.doc = new Y.Doc()
    this.awareness = new awarenessProtocol.Awareness(this.doc)
    this.awareness.setLocalState(null)
    this.sockets = new Map() // to the client ids that came over each
    this.doc.on('update', update => this.broadcast(kSync, encoder => syncProtocol.writeUpdate(encoder, update)))
    this.awareness.on('update', ({ added, updated, removed }, socket) => {
      const clients = this.sockets.get(socket)
      for (const client of added) clients?.add(client)
      for (const client of removed) clients?.delete(client)
      this.broadcast(kAwareness, encoder => this.writePresence(encoder, [...added, ...updated, ...removed]))
    })
  }

  writePresence (encoder, clients = [...this.awareness.getStates().keys()]) {
    encoding.writeVarUint8Array(encoder, awarenessProtocol.encodeAwarenessUpdate(this.awareness, clients))
  }

  message (channel, write) {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, channel)
    write(encoder)
    return encoding.toUint8Array(encoder)
  }

  broadcast (channel, write) {
    const message = this.message(channel, write)
    for (const socket of this.sockets.keys()) socket.send(message)
  }

  /**
   * @param socket a WebSocket that has just been opened
   * @param onOther is given the messages of other channels: channel, the whole message
   * @param isReadOnly edits are dropped without notice
   */
  enter (socket, onOther = () => {}, isReadOnly = false) {
    this.sockets.set(socket, new Set())
    socket.binaryType = 'nodebuffer'
    socket.on('message', data => {
      const message = new Uint8Array(data)
      const decoder = decoding.createDecoder(message)
      const channel = decoding.readVarUint(decoder)
      if (channel === kSync) {
        if (isReadOnly && message[1] !== syncProtocol.messageYjsSyncStep1) return
        const encoder = encoding.createEncoder()
        encoding.writeVarUint(encoder, kSync)
        syncProtocol.readSyncMessage(decoder, encoder, this.doc, socket)
        if (encoding.length(encoder) > 1) socket.send(encoding.toUint8Array(encoder))
      } else if (channel === kAwareness) {
        awarenessProtocol.applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), socket)
      } else if (channel === kQueryAwareness) {
        socket.send(this.message(kAwareness, encoder => this.writePresence(encoder)))
      } else {
        onOther(channel, message)
      }
    })
    socket.on('close', () => {
      const clients = [...this.sockets.get(socket)]
      this.sockets.delete(socket)
      awarenessProtocol.removeAwarenessStates(this.awareness, clients, null)
    })
    socket.send(this.message(kSync, encoder => syncProtocol.writeSyncStep1(encoder, this.doc)))
    socket.send(this.message(kAwareness, encoder => this.writePresence(encoder)))
  }
}

/** Rooms by name, made when somebody asks for one. */
export class YjsRooms {
  constructor (onNew = () => {}) {
    this.rooms = new Map()
    this.onNew = onNew
  }

  get (name) {
    if (!this.rooms.has(name)) {
      const room = new YjsRoom()
      this.rooms.set(name, room)
      this.onNew(room, name)
    }
    return this.rooms.get(name)
  }
}

/** The body of a request. */
export async function bodyOf (request) {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

export function answer (response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
