"use strict";
{
    const LARGEST_ZOOM = 32, KEY_ZOOM = Math.SQRT2, WHEEL_ZOOM = 1.01, KEY_STEP = .1;
    // So near to the line, in CSS pixels, a pointer takes hold of it.
    const REACH = 24;
    // A stage is no higher than this share of the window.
    const TALLEST = .78;

    const between = (low, value, high) => Math.max(low, Math.min(value, high));

    function prepare(figure) {
        const stage = figure.querySelector(".stage"), slider = figure.querySelector("input"), shown = figure.querySelector("output");
        const images = [...stage.querySelectorAll("img")];
        const [width, height] = ["width", "height"].map(side => Number(images[0].getAttribute(side)));
        // Where the upper left corner of the pictures lies, in sides of the stage.
        let zoom = 1, left = 0, top = 0;

        function show() {
            stage.style.setProperty("--split", slider.value + "%");
            left = between(1 - zoom, left, 0);
            top = between(1 - zoom, top, 0);
            for (const image of images)
                image.style.transform = `translate(${left * 100}%, ${top * 100}%) scale(${zoom})`;
            stage.classList.toggle("zoomed", zoom > 1);
            stage.classList.toggle("pixels", stage.clientWidth * zoom >= 2 * width);
            shown.textContent = Math.round(zoom * 100) + "%";
        }

        // The place under a point of the stage, in its sides, stays there.
        function zoomAt(x, y, factor) {
            const next = between(1, zoom * factor, LARGEST_ZOOM), by = next / zoom;
            left = x - (x - left) * by;
            top = y - (y - top) * by;
            zoom = next;
            show();
        }

        function move(right, down) {
            left += right;
            top += down;
            show();
        }

        function place(event) {
            const box = stage.getBoundingClientRect();
            return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
        }

        function split(x) {
            slider.value = Math.round(x * 100);
            show();
        }

        const pointers = new Map();
        let holdsLine = false;
        stage.addEventListener("pointerdown", event => {
            const at = place(event);
            stage.setPointerCapture(event.pointerId);
            pointers.set(event.pointerId, at);
            holdsLine = pointers.size === 1 && (zoom === 1 || Math.abs(at.x - slider.value / 100) * stage.clientWidth < REACH);
            // A touch may be the beginning of a pinch.
            if (holdsLine && event.pointerType !== "touch")
                split(at.x);
        });
        stage.addEventListener("pointermove", event => {
            const old = pointers.get(event.pointerId), at = place(event);
            if (!old)
                return;
            pointers.set(event.pointerId, at);
            if (pointers.size > 1) {
                const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
                const distance = point => Math.max(.01, Math.hypot(point.x - other.x, point.y - other.y));
                zoomAt((at.x + other.x) / 2, (at.y + other.y) / 2, distance(at) / distance(old));
                move((at.x - old.x) / 2, (at.y - old.y) / 2);
            } else if (holdsLine)
                split(at.x);
            else
                move(at.x - old.x, at.y - old.y);
        });
        for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
            stage.addEventListener(end, event => pointers.delete(event.pointerId));
        stage.addEventListener("dblclick", event => {
            const at = place(event);
            zoomAt(at.x, at.y, event.shiftKey ? .5 : 2);
        });
        // The wheel alone scrolls the page.
        stage.addEventListener("wheel", event => {
            if (!event.ctrlKey && !event.metaKey)
                return;
            event.preventDefault();
            const at = place(event);
            zoomAt(at.x, at.y, WHEEL_ZOOM ** -between(-60, event.deltaY, 60));
        }, { passive: false });

        const keys = {
            "+": () => zoomAt(.5, .5, KEY_ZOOM), "=": () => zoomAt(.5, .5, KEY_ZOOM), "-": () => zoomAt(.5, .5, 1 / KEY_ZOOM),
            "0": () => zoomAt(.5, .5, 0),
            ArrowLeft: () => move(KEY_STEP, 0), ArrowRight: () => move(-KEY_STEP, 0),
            ArrowUp: () => move(0, KEY_STEP), ArrowDown: () => move(0, -KEY_STEP),
        };
        stage.addEventListener("keydown", event => {
            // The arrows scroll the page while there is nothing to move.
            if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys) || zoom === 1 && event.key.startsWith("Arrow"))
                return;
            event.preventDefault();
            keys[event.key]();
        });

        slider.addEventListener("input", show);
        figure.querySelector(".in").addEventListener("click", keys["+"]);
        figure.querySelector(".out").addEventListener("click", keys["-"]);
        figure.querySelector(".fit").addEventListener("click", keys["0"]);

        stage.style.aspectRatio = `${width} / ${height}`;
        stage.style.maxWidth = `calc(${TALLEST * 100}vh * ${width / height})`;
        new ResizeObserver(show).observe(stage);
        show();
    }

    for (const figure of document.querySelectorAll(".compare"))
        prepare(figure);

    // Some users do not want animations that start on their own.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches)
        for (const animation of document.querySelectorAll(".animation"))
            animation.open = false;
}
