"use strict";

// Steps through the scenes of a match. Without this script all of them are shown, one below the other.
(() => {
  const scenes = Array.from(document.querySelectorAll(".scene"));
  const position = document.querySelector("#position");
  const where = document.querySelector("#where");
  let current = 0;

  function show(number) {
    current = Math.max(0, Math.min(scenes.length - 1, number));
    scenes.forEach((scene, index) => { scene.hidden = index !== current; });
    position.value = String(current);
    where.textContent = `${current} / ${scenes.length - 1}`;
  }

  function go(number) {
    show(number);
    history.replaceState(null, "", `#turn-${current}`);
  }

  function fromAddress() {
    const found = /^#turn-(\d+)$/.exec(location.hash);
    if (found) show(Number(found[1]));
    if (/^#text-\d+$/.test(location.hash)) openTexts();
  }

  function openTexts() {
    document.querySelector("#texts").open = true;
    document.querySelector(location.hash)?.scrollIntoView();
  }

  function onKey(event) {
    const steps = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: scenes.length - 1 };
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.key in steps)) return;
    event.preventDefault();
    go(steps[event.key]);
  }

  // A prompt is stored once on the page, however often it was sent; it is copied to where it is opened.
  function fill(event) {
    const message = event.target;
    if (!message.open || !message.matches?.(".message") || message.querySelector("pre")) return;
    const source = document.querySelector(`#text-${message.dataset.text}`).parentElement.querySelector("pre");
    message.querySelector("p").replaceWith(source.cloneNode(true));
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", fill, true);
  window.addEventListener("hashchange", fromAddress);
  position.addEventListener("input", () => go(Number(position.value)));
  document.querySelector("#first").addEventListener("click", () => go(0));
  document.querySelector("#back").addEventListener("click", () => go(current - 1));
  document.querySelector("#on").addEventListener("click", () => go(current + 1));
  document.querySelector("#last").addEventListener("click", () => go(scenes.length - 1));
  document.querySelector(".controls").hidden = false;
  show(0);
  fromAddress();
})();
