// Invitations as a server makes them (libsync/session/admission/invitation.cpp), made here, so that a test can
// have any: expired ones as well.
import { createHmac, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compatDirectory } from './harness.mjs'

const encoding = createRequire(join(compatDirectory, 'package.json'))('lib0/encoding')
const accessNumbers = { view: 1, comment: 2, edit: 3, admin: 4 }

/** The key of a server, and what it has taken back. */
export class InvitationBook {
  constructor () {
    this.key = randomBytes(4).readUInt32BE()
    this.secret = randomBytes(32)
    this.nextId = 1
    this.withdrawn = []
  }

  /** `life`: until it ends, in seconds from now; may be negative. Without it there is no end. */
  mint ({ room, access, life }) {
    const id = this.nextId++
    const now = Math.floor(Date.now() / 1000)
    const encoder = encoding.createEncoder()
    const expires = life === undefined ? 0 : now + life
    for (const number of [1, this.key, id, accessNumbers[access], now - 7 * 86400, expires]) encoding.writeVarUint(encoder, number)
    encoding.writeVarString(encoder, room)
    const part = Buffer.from(encoding.toUint8Array(encoder))
    const seal = createHmac('sha256', this.secret).update('cowrite invitation\0').update(part).digest()
    return { id, token: Buffer.concat([part, seal]).toString('base64url') }
  }

  withdraw ({ id }) { this.withdrawn.push(id) }

  /** Into the data folder of a server that is not running. */
  store (folder) {
    const hex = (number, digits) => number.toString(16).padStart(digits, '0')
    writeFileSync(join(folder, 'invitations.json'), JSON.stringify({
      version: 1,
      keys: [{ id: hex(this.key, 8), secret: this.secret.toString('base64url'), withdrawn: false }],
      invitations: [],
      withdrawn: this.withdrawn.map(id => hex(id, 14))
    }), { mode: 0o600 })
  }
}
