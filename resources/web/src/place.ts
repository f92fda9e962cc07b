// Where this page is: which room of which server.

export interface Place {
  /** The name of the room, as it stands in the address. */
  room: string
  /** `/r/<room>`, the path below which the server answers about this room. */
  path: string
  /** What y-websocket connects to, without the room. */
  socketBase: string
  /** Leads to the link for the app. Whether the way to the server is encrypted only the browser knows
   * where a proxy stands between. */
  appLink: string
  /** The server's name in sentences. */
  server: string
}

/** Room names need no encoding, so they are never decoded. */
const roomPath = /^\/r\/([A-Za-z0-9._~-]{1,128})\/?$/

/** Reads the address of the page; null if it is not that of a document. */
export function placeOf (location: { protocol: string, host: string, hostname: string, pathname: string }): Place | null {
  const match = roomPath.exec(location.pathname)
  if (!match) return null
  const isEncrypted = location.protocol === 'https:'
  const scheme = isEncrypted ? 'wss' : 'ws'
  return {
    room: match[1]!,
    path: `/r/${match[1]!}`,
    socketBase: `${scheme}://${location.host}/r`,
    appLink: `/r/${match[1]!}/open${isEncrypted ? '?https' : ''}`,
    server: location.hostname
  }
}
