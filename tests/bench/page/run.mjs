// How fast the page for browsers is, on loopback, with a document of 1 MB and 20 others who write in
// it and move about. Prints a table. The figures are in tests/bench/README.md.
//
//   node run.mjs FOLDER_OF_THE_PROGRAMS
import { join } from 'node:path'
import { Browser } from '../../e2e/browser.mjs'
import { Random, Server, realYjs, run, temporaryFolder, until } from '../../e2e/harness.mjs'

const [programs] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()

const documentBytes = 1_000_000
const others = 20
const openings = 5
const keys = 1_000
/** As somebody types fast: 8 keys a second would be 125. */
const keyInterval = 40

function sentenceFrom (random) {
  const words = ['river', 'boat', 'sonde', 'gauge', 'board', 'log', 'station', 'steady', 'reading', 'rinse']
  return Array.from({ length: 12 }, () => random.pick(words)).join(' ') + '.\n'
}

/** Somebody with y-websocket. */
function somebody (url, name) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url}/r`, 'plan', doc, { WebSocketPolyfill: WebSocket, disableBc: true })
  provider.awareness.setLocalStateField('user', { id: name, name, color: '#2f6fde' })
  return { doc, provider, text: doc.getText('content') }
}

function percentile (values, part) {
  const sorted = values.slice().sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/** Opens the page in a new browser, and tells when it was painted and when it could be written in. */
async function opening (browser, address) {
  const guest = await browser.open('about:blank')
  await guest.page.addInitScript(() => {
    const look = () => {
      const content = document.getElementById('text')?.shadowRoot?.querySelector('.cm-content[contenteditable=true]')
      if (content && content.cmTile.view.state.doc.length > 900_000 && !content.cmTile.view.state.readOnly) globalThis.interactiveAt = performance.now()
      else setTimeout(look, 1)
    }
    look()
  })
  await guest.goTo(address)
  await guest.page.waitForFunction(() => globalThis.interactiveAt !== undefined)
  const [paint, interactive] = await guest.page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0].startTime, globalThis.interactiveAt
  ])
  return { guest, paint, interactive }
}

/** Types, and tells for each key how long it took until the text had its new layout, by the clock, and
 * how long the main thread of the page worked until the next key, by its own time: all that the others
 * did meanwhile and every frame included. */
async function typing (guest) {
  await guest.page.evaluate(() => {
    const { view } = document.getElementById('text').shadowRoot.querySelector('.cm-content').cmTile
    view.focus()
    view.dispatch({ selection: { anchor: 500_000 }, scrollIntoView: true })
    globalThis.keyTimes = []
    let began = 0
    document.addEventListener('keydown', event => { began = event.timeStamp }, true)
    document.addEventListener('input', () => {
      queueMicrotask(() => {
        view.contentDOM.getBoundingClientRect()
        globalThis.keyTimes.push(performance.now() - began)
      })
    }, true)
  })
  const devtools = await guest.context.newCDPSession(guest.page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  }
  const work = []
  for (let i = 0; i < keys; ++i) {
    const before = await worked()
    const next = Date.now() + keyInterval
    await guest.page.keyboard.press(i % 12 === 11 ? 'Space' : 'e')
    await new Promise(resolve => setTimeout(resolve, next - Date.now()))
    work.push(await worked() - before)
  }
  return { layout: await guest.page.evaluate(() => globalThis.keyTimes), work }
}

await run('page', async () => {
  const random = new Random(7)
  const server = await Server.start(join(programs, 'cowrited'), temporaryFolder())
  const writer = somebody(server.url, 'Writer')
  await until('the room is there', () => writer.provider.synced)
  // In pieces, so that it is no single run, as a document that was written.
  while (writer.text.length < documentBytes) {
    writer.doc.transact(() => {
      for (let i = 0; i < 20; ++i) writer.text.insert(random.below(writer.text.length + 1), sentenceFrom(random))
    })
  }
  const people = Array.from({ length: others }, (_, i) => somebody(server.url, `Guest ${i + 1}`))
  await until('all have it', () => people.every(({ text }) => text.length === writer.text.length), 120_000)

  const browser = await Browser.start()
  const address = `http://127.0.0.1:${server.port}/r/plan`
  const results = []
  for (let i = 0; i < openings; ++i) {
    const result = await opening(browser, address)
    results.push(result)
    if (i < openings - 1) await result.guest.context.close()
  }
  const { guest } = results.at(-1)
  await guest.ready()

  // All carets are on the screen, and move ten times a second in all; every fifth time somebody writes.
  const visible = () => 500_000 + random.below(600)
  const timer = setInterval(() => {
    const { text, provider, doc } = random.pick(people)
    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, visible()))
    provider.awareness.setLocalStateField('cursor', { anchor: at, head: at })
    if (random.below(5) === 0) doc.transact(() => { text.insert(visible(), 'x') })
  }, 100)
  for (const { text, provider } of people) {
    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, visible()))
    provider.awareness.setLocalStateField('cursor', { anchor: at, head: at })
  }
  const { layout, work } = await typing(guest)
  clearInterval(timer)
  const carets = await guest.page.evaluate(() => document.getElementById('text').shadowRoot.querySelectorAll('.cm-remoteCaret').length)

  const show = (label, value) => { console.log(`${label.padEnd(52)}${value}`) }
  const ms = value => `${value.toFixed(1)} ms`
  show(`first paint, median and worst of ${openings}`, `${ms(percentile(results.map(({ paint }) => paint), 0.5))}, ${ms(Math.max(...results.map(({ paint }) => paint)))}`)
  show(`can be written in, median and worst of ${openings}`, `${ms(percentile(results.map(({ interactive }) => interactive), 0.5))}, ${ms(Math.max(...results.map(({ interactive }) => interactive)))}`)
  const parts = values => [0.5, 0.99, 1].map(part => ms(percentile(values, part))).join(', ')
  show(`key to layout, median, p99 and worst of ${layout.length}`, parts(layout))
  show('work of the main thread for each key, the same', parts(work))
  show('carets of others on the screen', carets)
  for (const { provider } of [writer, ...people]) provider.destroy()
  await browser.close()
})
