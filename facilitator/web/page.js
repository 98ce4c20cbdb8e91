
(function () {
  "use strict";
  var body = document.body, base = body.getAttribute("data-base"), KEY = "facilitator";
  var source = null, heard = 0, offset = 0, clock = null, over = false, drawn = {}, asked = [], said = {};

  function at(id) { return document.getElementById(id); }
  function word(name) { return body.getAttribute("data-" + name); }

  // What a telephone keeps: its own random name, and what it has not been told was received.
  function kept(name) { try { return localStorage.getItem(KEY + name); } catch (e) { return null; } }
  function keep(name, text) {
    try { if (text === null) { localStorage.removeItem(KEY + name); } else { localStorage.setItem(KEY + name, text); } } catch (e) { return; }
  }
  function random() {
    var text = "", letters = "abcdefghijkmnopqrstuvwxyz0123456789", bytes = [], i;
    if (window.crypto && crypto.getRandomValues) { bytes = crypto.getRandomValues(new Uint8Array(24)); }
    for (i = 0; i < 24; i += 1) { text += letters.charAt(bytes.length ? bytes[i] % 32 : Math.floor(Math.random() * 32)); }
    return text;
  }
  var phone = kept("-phone") || document.querySelector("input[name=phone]").value;
  keep("-phone", phone);

  // Drawing: words only, and only what changed, for whoever reads by ear or has a finger on it.
  function say(id, text) {
    var element = at(id);
    if (element.textContent !== text) { element.textContent = text; }
    element.hidden = !text;
  }
  function piece(tag, text, parent) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }
  function field(form, name, value) {
    var input = document.createElement("input");
    input.type = "hidden"; input.name = name; input.value = value;
    form.appendChild(input);
  }
  function button(parent, path, fields, text, about) {
    var form = document.createElement("form"), name;
    form.method = "post"; form.action = base + path;
    for (name in fields) { if (fields.hasOwnProperty(name)) { field(form, name, fields[name]); } }
    piece("button", text, form).setAttribute("aria-label", text + " " + about);
    parent.appendChild(form);
  }
  function fill(id, items, draw) {
    var list = at(id), said = JSON.stringify(items), part = at(id + "-part"), i;
    if (drawn[id] === said) { return; }
    drawn[id] = said;
    list.textContent = "";
    for (i = 0; i < items.length; i += 1) { draw(piece("li", "", list), items[i]); }
    if (part) { part.hidden = !items.length; }
  }
  function plain(item, text) { item.textContent = text; }
  function show(room) {
    clock = room.clock;
    document.title = room.title;
    say("title", room.title); say("step", room.step); say("last", room.last); say("next", room.next); say("ends", room.ends);
    say("label", room.label); say("main-text", room.main);
    at("main").hidden = !room.main;
    fill("beside", room.beside, plain);
    fill("decided", room.decided, plain);
    asked = room.asked;
    drawAsked();
    at("writing").hidden = room.takes.indexOf("question") < 0;
    at("floor").hidden = room.takes.indexOf("floor") < 0;
    at("evaluation").hidden = room.takes.indexOf("evaluation") < 0;
    tick();
  }
  function drawAsked() {
    var items = [], i;
    for (i = 0; i < asked.length; i += 1) { items.push([asked[i], said[asked[i].id] === true]); }
    fill("asked", items, function (item, pair) {
      var one = pair[0], line = piece("p", "", item);
      piece("b", one.label, line); line.appendChild(document.createTextNode(" " + one.text + " ")); piece("i", one.same, line);
      if (pair[1]) { piece("i", "\u2713 " + word("me-too"), piece("p", "", item)); return; }
      button(item, "/send", { kind: "same", entry: one.id, id: random(), phone: phone }, word("me-too"), one.label);
    });
  }
  function own(mine) {
    var i;
    said = {};
    for (i = 0; i < mine.length; i += 1) { said[mine[i].entry] = true; }
    drawAsked();
    fill("mine", mine, function (item, one) {
      var line = piece("p", one.words + " ", item);
      piece("i", one.state, line);
      if (one.waits) { button(item, "/withdraw", { id: one.id, phone: phone }, word("take-back"), one.words); }
    });
  }
  function two(n) { return n < 10 ? "0" + n : String(n); }
  function tick() {
    var left, seconds;
    at("clock").hidden = !clock;
    if (!clock) { return; }
    left = clock.ends === null ? clock.left_s : Math.ceil((clock.ends - Date.now() - offset) / 1000);
    if (!clock.overrun) { left = Math.max(0, left); }
    seconds = Math.abs(left);
    say("left", (left < 0 ? "+" : "") + (seconds >= 3600 ? Math.floor(seconds / 3600) + ":" + two(Math.floor(seconds % 3600 / 60)) : Math.floor(seconds / 60)) + ":" + two(seconds % 60));
    say("clock-words", clock.words);
    at("clock").className = clock.level;
  }

  // Following: a telephone that slept has a dead stream and no error, so it is opened again whenever somebody looks, for ever.
  function hear(now) { heard = Date.now(); offset = now - heard; say("lost", ""); }
  function take(text) { try { return JSON.parse(text); } catch (e) { return null; } }
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", base + "/room?phone=" + phone);
    request.onload = function () {
      var found = request.status === 200 ? take(request.responseText) : null;
      if (found) { hear(found.now); show(found.room); own(found.own.mine); }
    };
    request.send();
  }
  function listen() {
    if (over) { return; }
    if (source) { source.close(); source = null; }
    if (!window.EventSource) { ask(); return; }
    source = new EventSource(base + "/stream?phone=" + phone);
    source.addEventListener("room", function (event) { var room = take(event.data); if (room) { show(room); } });
    source.addEventListener("own", function (event) { var found = take(event.data); if (found) { own(found.mine); } });
    source.addEventListener("beat", function (event) { hear(Number(event.data)); });
    source.addEventListener("over", function () {
      over = true; source.close(); say("lost", word("over")); at("sends").hidden = true;
    });
    source.onerror = function () { if (!over) { say("lost", word("lost")); } };
    heard = Date.now();
  }
  setInterval(function () {
    tick();
    if (over) { return; }
    // Closed for good: too many pages, or another answer than a stream. It is asked for, and tried again.
    if (source && source.readyState === 2 && Date.now() - heard > 5000) { ask(); listen(); }
    if (Date.now() - heard > (window.EventSource ? 40000 : 10000)) { listen(); }
  }, 1000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { listen(); } });
  window.addEventListener("pageshow", listen);
  window.addEventListener("online", listen);

  // Sending: the same name until it is known to have arrived, also after the page was closed meanwhile.
  function encode(fields) {
    var parts = [], name;
    for (name in fields) { if (fields.hasOwnProperty(name)) { parts.push(encodeURIComponent(name) + "=" + encodeURIComponent(fields[name])); } }
    return parts.join("&");
  }
  function post(path, fields, done) {
    var request = new XMLHttpRequest();
    function again(words) {
      tell(words);
      setTimeout(function () { post(path, fields, done); }, 3000);
    }
    request.open("POST", base + path);
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 15000;
    request.onload = function () {
      var found = null;
      try { found = JSON.parse(request.responseText); } catch (e) { found = null; }
      if (request.status === 429 && found) { again(found.words); return; }
      keep("-unsent", null);
      tell(found ? found.words : request.status + " " + request.responseText);
      if (found) { own(found.own.mine); }
      done(request.status === 200);
    };
    request.onerror = request.ontimeout = function () { again(word("lost")); };
    request.send(encode(fields));
  }
  function tell(text) { at("told").textContent = text; }
  document.addEventListener("click", function (event) {
    if (event.target.form && event.target.name === "kind") { event.target.form.chosen = event.target.value; }
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, fields = {}, i, element, path = form.action.replace(/.*\//, "/");
    event.preventDefault();
    if (form.sending) { return; }
    for (i = 0; i < form.elements.length; i += 1) {
      element = form.elements[i];
      if (element.name && element.type !== "submit" && (element.type !== "radio" || element.checked)) { fields[element.name] = element.value; }
    }
    if (form.chosen || !fields.kind) { if (path === "/send") { fields.kind = form.chosen || "question"; } }
    if (fields.kind === "floor") { fields.text = ""; }
    fields.phone = phone;
    form.sending = true;
    tell(word("sending"));
    if (path === "/send") { keep("-unsent", JSON.stringify(fields)); }
    post(path, fields, function (done) {
      form.sending = false;
      form.chosen = "";
      if (!done) { at("told").scrollIntoView(); return; }
      if (form.elements.text && fields.kind !== "floor") { form.elements.text.value = ""; }
      if (form.elements.useful) { form.reset(); }
      if (form.elements.id && path === "/send") { form.elements.id.value = random(); }
    });
  });

  at("update").parentNode.hidden = true;
  (function () {
    var left = take(kept("-unsent"));
    // What is refused is given back to whoever typed it.
    if (left) { post("/send", left, function (done) { if (!done && left.text) { at("text").value = left.text; } }); }
  }());
  listen();
}());
