// Getting in: the token that came with the link is exchanged for a cookie that scripts cannot read,
// and the server says what one may do. The token stands in no address that is sent anywhere.
import type { Place } from '../place.ts'

/** What somebody may do, each including those before it. */
export type Role = 'view' | 'comment' | 'edit' | 'admin'
const roles: Role[] = ['view', 'comment', 'edit', 'admin']

/** The role with this number in messages; somebody of whom nothing is known may look. */
export function roleOfNumber (number: number): Role {
  return roles[number - 1] ?? 'view'
}

/** The role that is called so in what the server says; null for none. */
export function roleNamed (name: unknown): Role | null {
  return roles.find(known => known === name) ?? null
}

export function mayWrite (role: Role): boolean {
  return role === 'edit' || role === 'admin'
}

export type Answer =
  | { kind: 'open', role: Role }
  /** `title` and `sentence` say what is wrong and what to do. */
  | { kind: 'refused', reason: Reason, title: string, sentence: string }
  | { kind: 'unreachable' }

export type Reason = 'expired' | 'revoked' | 'invalid' | 'missing' | 'gone' | 'busy'

const refusals: Record<Reason, [title: string, sentence: string]> = {
  expired: ['This link has expired.', 'Ask the person who sent it for a new one.'],
  revoked: ['This link was withdrawn.', 'Ask the person who sent it for a new one.'],
  invalid: ['This link is not valid here.', 'Check that it is whole, or ask for a new one.'],
  missing: ['This document needs an invitation.', 'Open the whole link that you were sent, with all that follows the # sign.'],
  busy: ['Too many tries.', 'Wait a minute and open the link again.'],
  gone: ['There is no shared document at this address.', 'Whoever shared it may have stopped. Ask for a new link.']
}

function refusal (reason: Reason): Answer {
  const [title, sentence] = refusals[reason]
  return { kind: 'refused', reason, title, sentence }
}

/** After this long the server counts as one that does not answer, in milliseconds. */
const patience = 8_000

export class Entrance {
  constructor (private readonly place: Place) {}

  /** Exchanges the fragment of the link, if there is one, and clears it from the address; otherwise
   * asks what one may do with the cookie that is there. */
  async enter (): Promise<Answer> {
    const fragment = location.hash.slice(1)
    if (fragment === '') return await this.look()
    const answer = await this.ask({ method: 'POST', body: fragment })
    // Kept for another try while nobody has it.
    if (answer.kind !== 'unreachable') history.replaceState(null, '', this.place.path)
    return answer
  }

  /** What one may do with the cookie that is there. */
  private async look (): Promise<Answer> {
    return await this.ask({ method: 'GET' })
  }

  /** For a connection that the server closed without a sentence. */
  sentenceForCode (code: number): string {
    switch (code) {
      case 4401: return 'Your invitation has ended. Ask for a new link.'
      case 4403: return 'You are not allowed to do this here. Ask for another link.'
      case 4410: return 'This document was deleted from the server. Your copy here is as it was.'
      case 4413: return 'This document is as large as its server lets it be.'
      case 4429: return 'Too much was sent at once.'
      default: return 'The server has closed the connection.'
    }
  }

  private async ask (request: RequestInit): Promise<Answer> {
    let response: Response
    try {
      response = await fetch(`${this.place.path}/session`, {
        ...request, cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(patience)
      })
    } catch {
      return { kind: 'unreachable' }
    }
    const said = await response.json().catch(() => ({})) as { role?: unknown, reason?: unknown }
    const role = roleNamed(said.role)
    if (response.ok && role) return { kind: 'open', role }
    if (response.status === 429) return refusal('busy')
    if (response.status >= 500) return { kind: 'unreachable' }
    const known = Object.keys(refusals).find(reason => reason === said.reason) as Reason | undefined
    return refusal(known ?? (response.status === 404 ? 'gone' : 'invalid'))
  }
}
