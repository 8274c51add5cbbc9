// What is written in a form that asks for it is kept a few seconds after the last key, as its second button would do.
// A conflict, a login that has ended or a keeper that is away stops it in silence: the buttons tell about those.
const PAUSE_MS = 3000

export function saveWhileWriting (page) {
  page.querySelectorAll('form[data-tf-autosave]').forEach((form) => {
    let waiting = 0
    let underWay = null
    form.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => { underWay = save(page, form).finally(() => { underWay = null }) }, PAUSE_MS)
    })
    // A button pressed meanwhile waits for it: else the two would look like two windows.
    form.addEventListener('submit', (event) => {
      clearTimeout(waiting)
      if (!underWay) return
      event.preventDefault()
      underWay.then(() => form.requestSubmit(event.submitter))
    })
  })
}

async function save (page, form) {
  if (form.dataset.tfSending || form.dataset.tfStopped) return
  const body = new FormData(form)
  body.set('go', 'later')
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(body), headers: { 'X-Autosave': '1' }, redirect: 'manual' })
    if (answer.status !== 204) throw new Error()
    form.elements.seen.value = answer.headers.get('X-Draft')
    tell(page.querySelector('[data-tf-saved]'), answer.headers.get('X-Saved-At'))
  } catch {
    form.dataset.tfStopped = 'yes'
  }
}

function tell (place, at) {
  const words = document.createElement('p')
  words.className = 'tf-saved'
  const tick = document.createElement('span')
  tick.className = 'tf-i tf-i--check'
  tick.setAttribute('aria-hidden', 'true')
  words.append(tick, `${place.dataset.tfSaved} ${at}`)
  place.replaceChildren(words)
}
