// Fills in the code that a letter's QR code carries behind the "#" of the address,
// and takes it out of the address and the history. Without it people type the code.
(function () {
  "use strict";
  var field = document.getElementById("code");
  var digits = location.hash.replace(/[^0-9]/g, "");
  if (!field || digits.length !== 16) {
    return;
  }
  if (!field.value) {
    field.value = digits.replace(/(....)(?=.)/g, "$1 ");
  }
  history.replaceState(null, "", location.pathname + location.search);
})();
