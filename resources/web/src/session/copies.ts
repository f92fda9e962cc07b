// Which copy in this browser belongs to the room. A room that was replaced gets a copy of its own,
// and the one before is kept until somebody throws it away.
import { roleNamed, type Role } from './entrance.ts'
import { randomKey } from './self.ts'

export interface Entry {
  /** Of the database. */
  name: string
  title: string
  /** When it was set aside, in milliseconds since 1970; 0 for the one in use. */
  time: number
}

export class Copies {
  private readonly key: string

  constructor (private readonly room: string, private readonly storage: Storage | null) {
    this.key = `cowrite.copies.${room}`
  }

  /** The name of the database in use. */
  get current (): string {
    return this.entries().find(({ time }) => time === 0)?.name ?? `cowrite.${this.room}`
  }

  /** Copies of documents that were at this address before. */
  get earlier (): Entry[] { return this.entries().filter(({ time }) => time !== 0) }

  /** What the server last allowed here; null if it never did. */
  get role (): Role | null { return roleNamed(this.storage?.getItem(this.roleKey)) }

  set role (role: Role | null) {
    if (role !== null) this.storage?.setItem(this.roleKey, role)
  }

  /** Keeps the copy in use as an earlier one; the next visit begins with an empty one. */
  setAside (title: string): void {
    const earlier = { name: this.current, title, time: Date.now() }
    this.save([...this.earlier, earlier, { name: `cowrite.${this.room}.${randomKey()}`, title: '', time: 0 }])
  }

  /** Throws an earlier copy away. */
  forget (name: string): void {
    this.save(this.entries().filter(entry => entry.name !== name || entry.time === 0))
    indexedDB.deleteDatabase(name)
  }

  private get roleKey (): string { return `cowrite.role.${this.room}` }

  private entries (): Entry[] {
    try {
      const stored: unknown = JSON.parse(this.storage?.getItem(this.key) ?? '[]')
      return Array.isArray(stored) ? stored as Entry[] : []
    } catch {
      return []
    }
  }

  private save (entries: Entry[]): void {
    this.storage?.setItem(this.key, JSON.stringify(entries))
  }
}
