// Leaving quickly: the button or Shift three times empties the page at once and posts to our own /lamna, which ends the
// session and leads away. Without this file the button is an ordinary form button.
const WITHIN_MS = 5000
const TIMES = 3

export function watchLeaving (page) {
  const form = page.querySelector('[data-tf-leave]')
  if (!form) return
  form.addEventListener('submit', () => hide(page))
  countShift(page, form)
}

function hide (page) {
  page.title = ' '
  for (const part of page.body.children) if (!part.matches('[data-tf-leave]')) part.hidden = true
  page.documentElement.classList.add('tf-left')
}

function countShift (page, form) {
  const status = form.querySelector('[role=status]')
  let presses = 0
  let timer
  page.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || event.ctrlKey || event.altKey || event.metaKey) {
      presses = 0
      return
    }
    presses += 1
    clearTimeout(timer)
    timer = setTimeout(() => { presses = 0; status.textContent = '' }, WITHIN_MS)
    status.textContent = presses === 1 ? form.dataset.tfTwo : presses === 2 ? form.dataset.tfOne : ''
    if (presses >= TIMES) form.requestSubmit()
  })
}
