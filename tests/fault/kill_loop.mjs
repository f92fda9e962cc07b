// Server and app are killed at random moments, again and again. Writers append tokens that are
// nowhere else and note which of them were confirmed; afterwards each confirmed token is there
// exactly once, everywhere, and nothing took longer than it may to come back.
//
//   node kill_loop.mjs COWRITE COWRITED KILLS
import { App, Server, check, difference, run, seededRandom, temporaryFolder, until } from '../e2e/harness.mjs'

const [cowrite, cowrited, killsText] = process.argv.slice(2)
const kKills = Number(killsText)
/** "Reopens in under 2 s" (reliability.md), on a machine that does other things as well. */
const kReopenDeadline = 2000 * (Number(process.env.COWRITE_SLOWNESS) || 4)
const random = seededRandom()

/** An app that types tokens and knows how many of them are safe. */
class Writer {
  constructor (name, address) {
    Object.assign(this, { name, address, profile: temporaryFolder(), next: 0, saved: 0, stored: 0, lost: new Set() })
  }
  async start () {
    const began = Date.now()
    this.app = await App.start(cowrite, this.profile, this.name, ['--join', this.address])
    check(Date.now() - began < kReopenDeadline, `${this.name} took ${Date.now() - began} ms to come back`)
  }
  type (count) {
    for (; count > 0; --count) this.app.tell({ do: 'insert', at: 0, text: `${this.name}${this.next++};` })
  }
  /** Asks what is safe without waiting for it; an answer that never comes says nothing. */
  note () {
    const { app, next } = this
    app.reach('saved').then(() => { this.saved = Math.max(this.saved, next) }, () => {})
    app.reach('stored').then(() => { this.stored = Math.max(this.stored, next) }, () => {})
  }
}

await run(`${kKills} kills`, async () => {
  const folder = temporaryFolder()
  let server = await Server.start(cowrited, folder)
  const address = `${server.url}/r/kills`
  const writers = ['a', 'b'].map(name => new Writer(name, address))
  for (const writer of writers) await writer.start()
  for (const writer of writers) await writer.app.reach('online')

  for (let kill = 0; kill < kKills; ++kill) {
    for (const writer of writers) {
      writer.type(1 + random.below(30))
      if (random.below(2) === 0) writer.note()
    }
    // A random moment: before, while or after it is saved, sent and confirmed.
    await new Promise(resolve => setTimeout(resolve, random.below(60)))
    const victim = random.below(3)
    if (victim === 0) {
      await server.kill()
      const began = Date.now()
      server = await Server.start(cowrited, folder, server.port)
      check(Date.now() - began < kReopenDeadline, `the server took ${Date.now() - began} ms to come back`)
    } else {
      const writer = writers[victim - 1]
      await writer.app.kill()
      const safe = Math.max(writer.saved, writer.stored)
      await writer.start()
      const tokens = new Set((await writer.app.print()).text.split(';'))
      for (let i = 0; i < writer.next; ++i) {
        if (tokens.has(`${writer.name}${i}`) || writer.lost.has(i)) continue
        check(i >= safe, `${writer.name}${i} was confirmed and is lost`)
        // Nobody said that it was safe. It is not typed again, and not expected any more.
        writer.lost.add(i)
      }
    }
  }

  for (const { app } of writers) app.tell({ do: 'connect' })
  for (const { app } of writers) await app.reach('stored')
  let last
  await until('both are equal', async () => {
    last = difference(await writers[0].app.print(), await writers[1].app.print())
    return !last
  }).catch(error => { throw new Error(`${error.message}: ${last}`) })

  // The server alone, asked by somebody new.
  for (const { app } of writers) await app.end()
  await server.end()
  server = await Server.start(cowrited, folder, server.port)
  const witness = await App.start(cowrite, temporaryFolder(), 'witness', ['--join', address])
  await witness.reach('online')
  const { text } = await witness.print()
  const counts = new Map()
  for (const token of text.split(';')) counts.set(token, (counts.get(token) ?? 0) + 1)
  for (const [token, count] of counts) check(count === 1, `${token} is there ${count} times`)
  for (const { name, next, lost } of writers) {
    for (let i = 0; i < next; ++i) {
      // A token may have reached the server in the moment in which its app died before saving it.
      if (!lost.has(i)) check(counts.get(`${name}${i}`) === 1, `${name}${i} was confirmed and is lost`)
    }
    console.log(`${name}: ${next} tokens typed, ${lost.size} of them unconfirmed when the app was killed and lost`)
  }
  await witness.end()
  await server.end()
})
