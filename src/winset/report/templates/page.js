(function () {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const palette = JSON.parse(document.getElementById("palette").textContent);
  /* Nothing leaves this page: no button that sends data to a server. */
  const settings = {
    responsive: true,
    displaylogo: false,
    displayModeBar: false,
    showSendToCloud: false,
    plotlyServerURL: "",
  };
  let printing = false;

  /* A picture's data with its colours for paper or for a dark screen. */
  function read(name) {
    const text = document.getElementById("data-" + name).textContent;
    const swap = dark.matches && !printing;
    return JSON.parse(text, function (key, value) {
      return swap && Object.prototype.hasOwnProperty.call(palette, value) ? palette[value] : value;
    });
  }

  function draw(place) {
    const figure = read(place.dataset.figure);
    Plotly.react(place, figure.data, figure.layout, settings);
  }

  const places = document.querySelectorAll(".plot");
  function drawAll() {
    places.forEach(draw);
  }

  document.documentElement.classList.add("js");
  drawAll();
  dark.addEventListener("change", drawAll);

  const pair = document.getElementById("pair");
  if (pair !== null) {
    const place = document.getElementById("frontier-plot");
    pair.addEventListener("change", function () {
      place.dataset.figure = pair.value;
      const caption = pair.selectedOptions[0].dataset.caption;
      place.setAttribute("aria-label", caption);
      document.getElementById("frontier-plot-caption").textContent = caption;
      draw(place);
    });
  }

  /* On paper everything is open and drawn for white. */
  let closed = [];
  window.addEventListener("beforeprint", function () {
    printing = true;
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (part) { part.open = true; });
    drawAll();
  });
  window.addEventListener("afterprint", function () {
    printing = false;
    closed.forEach(function (part) { part.open = false; });
    drawAll();
  });
})();
