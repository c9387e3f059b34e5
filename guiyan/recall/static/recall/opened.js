/* Tells once that the page is really in front of somebody: visible for a second. Scanners do not stay. */
(() => {
  "use strict";
  const url = document.currentScript.dataset.opened;
  let told = false;
  let timer = 0;
  const tell = () => {
    if (told || document.visibilityState !== "visible") return;
    told = true;
    fetch(url, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => { told = false; });
  };
  const wait = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(tell, 1000);
  };
  document.addEventListener("visibilitychange", wait);
  wait();
})();
