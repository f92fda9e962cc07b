// Guests in a browser: Debian's Chromium, steered by playwright-core. Whatever a page asks of another
// origin fails the test.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { check, skip } from './harness.mjs'

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

function findBrowser () {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name)
  }
  skip('there is no Chromium; ./dev setup installs it where it is packaged')
}

const require = createRequire(import.meta.url)

function load (name) {
  try {
    return require(name)
  } catch {
    skip(`the npm package ${name} is not installed; ./dev setup does it`)
  }
}

/** A browser with an empty profile, in which each guest is somebody of their own. */
export class Browser {
  static async start (more = []) {
    const { chromium } = load('playwright-core')
    const browser = new Browser()
    browser.browser = await chromium.launch({ executablePath: findBrowser(), args: [...flags, ...more], headless: true })
    return browser
  }

  /** Opens `address` as somebody new; `options` are Playwright's for a context. */
  async open (address, options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1058, height: 800 }, reducedMotion: 'reduce', ...options
    })
    return await Guest.open(context, address)
  }

  async close () { await this.browser.close() }
}

/** Somebody who has the page open. */
export class Guest {
  static async open (context, address) {
    const guest = new Guest(context, await context.newPage())
    await guest.goTo(address)
    return guest
  }

  /** The same person opens another tab. */
  async openAgain (address = this.page.url()) { return await Guest.open(this.context, address) }

  constructor (context, page) {
    this.context = context
    this.page = page
    this.foreign = []
    this.problems = []
    this.requests = []
    this.page.on('request', request => { this.note(request.url()) })
    this.page.on('websocket', socket => { this.note(socket.url()) })
    this.page.on('pageerror', error => { this.problems.push(error.stack) })
    this.page.on('console', message => {
      // A refused or broken connection is logged by the browser itself, and is no fault of the page.
      if (message.type() === 'error' && !/WebSocket connection|Failed to load resource/.test(message.text())) this.problems.push(message.text())
    })
  }

  note (url) {
    this.requests.push(url)
    if (this.host && !/^(blob|data):/.test(url) && new URL(url).host !== this.host) this.foreign.push(url)
  }

  async goTo (address) {
    this.host = address === 'about:blank' ? undefined : new URL(address).host
    await this.page.goto(address)
  }

  /** Until the document is there and in sync. */
  async ready () {
    await this.page.waitForFunction(() => document.getElementById('savedText')?.textContent.startsWith('Saved here and on '))
    await this.page.locator('.cm-content').waitFor()
  }

  /** The whole text, beyond what is on the screen. */
  text () {
    return this.page.evaluate(() => document.getElementById('text').shadowRoot?.querySelector('.cm-content')?.cmTile?.view.state.doc.toString() ?? null)
  }

  /** At once, unless it has come back by itself. */
  async reconnect () {
    await this.page.evaluate(() => [...document.querySelectorAll('#banner button')].find(button => button.textContent === 'Connect now')?.click())
  }

  saved () { return this.page.locator('#savedText').textContent() }

  async savedIs (pattern) {
    await this.page.waitForFunction(source => new RegExp(source).test(document.getElementById('savedText').textContent), pattern.source)
  }

  /** Puts the caret at an offset of the text, as a click would. */
  async caretAt (offset) {
    await this.page.evaluate(offset => {
      const { view } = document.getElementById('text').shadowRoot.querySelector('.cm-content').cmTile
      view.focus()
      view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) } })
    }, offset)
  }

  async type (text) { await this.page.keyboard.type(text) }

  async say (text) {
    if (!await this.page.locator('#chatInput').isVisible()) await this.page.locator('#tab-chat').click()
    await this.page.locator('#chatInput').fill(text)
    await this.page.locator('#chatInput').press('Enter')
  }

  messages () { return this.page.locator('#messages .words').allTextContents() }

  /** axe-core finds nothing serious in what is shown; `where` says what that is. */
  async checkForEverybody (where) {
    const { source } = load('axe-core')
    await this.page.evaluate(source)
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    const findings = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`).join('; ')})`)
    check(findings.length === 0, `${where}: ${findings.join('\n')}`)
  }

  /** Nothing went wrong, and nobody else was asked for anything. */
  checkWellBehaved () {
    check(this.problems.length === 0, `the page complains: ${this.problems.join('\n')}`)
    check(this.foreign.length === 0, `the page asked others: ${this.foreign.join(', ')}`)
  }
}

/** A line to a server on loopback that can be cut. */
export class Line {
  static async to (port) {
    const line = new Line()
    line.isCut = false
    line.sockets = new Set()
    line.server = createServer(near => {
      if (line.isCut) {
        near.destroy()
        return
      }
      const far = connect(port, '127.0.0.1')
      for (const [socket, other] of [[near, far], [far, near]]) {
        line.sockets.add(socket)
        socket.pipe(other)
        socket.on('error', () => other.destroy())
        socket.on('close', () => {
          line.sockets.delete(socket)
          other.destroy()
        })
      }
    })
    await new Promise(resolve => line.server.listen(0, '127.0.0.1', resolve))
    line.port = line.server.address().port
    return line
  }

  cut () {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend () { this.isCut = false }
}
