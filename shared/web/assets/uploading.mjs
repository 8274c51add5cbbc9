// Files are sent in parts as soon as they are chosen, so that a broken line costs one part. Without this file, or where
// the browser can not, the form sends them whole.
const LARGEST = 20 * 1024 * 1024
const TRIES = 9
const LONGEST_MS = 30000

class Stopped extends Error {}

export function sendInParts (page) {
  const form = page.querySelector('form[data-tf-parts]')
  const input = form?.querySelector('input[type=file]')
  if (!input || !window.crypto?.subtle || !window.fetch) return
  const sender = new Sender(form)
  form.querySelector('[data-tf-plain]').hidden = true
  input.addEventListener('change', () => { sender.take([...input.files]); input.value = '' })
  form.addEventListener('submit', (event) => { if (sender.busy) { event.preventDefault(); sender.wait(event.submitter) } })
}

class Sender {
  constructor (form) {
    this.form = form
    this.words = form.dataset
    this.status = form.querySelector('[data-tf-status]')
    this.bar = form.querySelector('[data-tf-bar]')
    this.queue = []
    this.busy = false
  }

  async take (files) {
    this.queue.push(...files)
    if (this.busy) return
    this.busy = true
    this.status.querySelectorAll('.govuk-error-message').forEach((one) => one.remove())
    this.failed = false
    for (let file = this.queue.shift(); file; file = this.queue.shift()) await this.send(file)
    this.busy = false
    this.bar.hidden = true
    if (this.onward && !this.failed) this.form.requestSubmit(this.onward)
    this.onward = null
  }

  wait (button) {
    this.onward = button
    this.say(this.words.tfWait)
  }

  async send (file) {
    try {
      if (file.size > LARGEST) throw new Stopped(this.words.tfLarge)
      await this.inParts(file)
      this.say(this.words.tfDone, file)
    } catch (error) {
      this.fail(error instanceof Stopped ? error.message : this.words.tfBroken, file)
    }
  }

  async inParts (file) {
    this.say(this.words.tfGoing, file)
    this.show(file, 0)
    const whole = await digest(await file.arrayBuffer())
    for (let round = 0; round < 3; round++) {
      const begun = await this.ask('', { name: file.name, size: file.size, sha256: whole })
      if (begun.files) return this.list(begun.files)
      if (await this.parts(file, begun)) {
        this.say(this.words.tfChecking, file)
        const ended = await this.ask(`/${begun.upload}/klar`, { name: file.name })
        if (ended.files) return this.list(ended.files)
      }
    }
    throw new Stopped(this.words.tfBroken)
  }

  async parts (file, begun) {
    const had = new Set(begun.had)
    for (let n = 0; n < begun.parts; n++) {
      if (had.has(n)) continue
      const body = await file.slice(n * begun.part, (n + 1) * begun.part).arrayBuffer()
      const kept = await this.ask(`/${begun.upload}/${n}`, body, await digest(body))
      if (!kept.had) return false
      this.show(file, Math.round(100 * kept.had.length / begun.parts))
    }
    return true
  }

  // One request, sent again while the line is broken or the server busy; what a refusal says is thrown.
  async ask (path, body, sum) {
    const token = this.form.elements.csrf_token.value
    const headers = { 'X-CSRF-Token': token }
    if (sum) Object.assign(headers, { 'X-Part-SHA256': sum, 'Content-Type': 'application/octet-stream' })
    for (let n = 0; n < TRIES; n++) {
      if (n) await this.rest(Math.min(500 * 2 ** n, LONGEST_MS))
      const answer = await fetch(this.words.tfParts + path, {
        method: sum ? 'PUT' : 'POST', headers, redirect: 'manual', body: sum ? body : new URLSearchParams(body)
      }).catch(() => null)
      if (!answer || answer.status >= 500 || answer.status === 429) continue
      const said = await answer.json().catch(() => null)
      if (!said || answer.status === 401 || answer.status === 403) throw new Stopped(this.words.tfReload)
      if (said.refused) throw new Stopped(said.refused)
      return said
    }
    throw new Stopped(this.words.tfBroken)
  }

  rest (ms) {
    this.say(this.words.tfAgain)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      window.addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
    })
  }

  list (files) {
    const list = this.form.querySelector('[data-tf-list]')
    const one = this.form.querySelector('template[data-tf-file]').content
    list.replaceChildren(...files.map((file) => {
      const item = one.cloneNode(true)
      item.querySelector('bdi').textContent = file.name
      item.querySelector('[data-tf-size]').textContent = file.size
      item.querySelector('[data-tf-waits]').hidden = !file.waits
      const button = item.querySelector('button')
      button.value = file.id
      button.lastElementChild.textContent = ` ${file.name}`
      return item
    }))
    this.form.querySelector('[data-tf-none]').hidden = files.length > 0
  }

  say (words, file) {
    this.status.querySelector('p').textContent = words.replace('{name}', file?.name ?? '')
  }

  show (file, percent) {
    this.bar.hidden = false
    this.bar.querySelector('progress').value = percent
    this.bar.querySelector('span').textContent = this.words.tfPercent.replace('{name}', file.name).replace('{percent}', percent)
  }

  fail (words, file) {
    this.failed = true
    this.say('')
    const problem = this.status.ownerDocument.createElement('p')
    problem.className = 'govuk-error-message'
    problem.textContent = words.replace('{name}', file.name)
    this.status.append(problem)
  }
}

async function digest (content) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', content))
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
