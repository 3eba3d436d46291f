# Runs every model of a folder with OpenCV's dnn module, as compare-runtimes.ps1 asks its runners to: python3 opencv.py <folder>
import glob
import json
import os
import sys
import time

import cv2
import numpy

cv2.setNumThreads(1)
folder = sys.argv[1]
places = numpy.fromfile(os.path.join(folder, "places.f32"), numpy.float32).reshape(-1, 2)

for path in sorted(glob.glob(os.path.join(folder, "*.onnx"))):
    result = {"runtime": f"OpenCV {cv2.__version__}", "model": os.path.basename(path)}
    try:
        network = cv2.dnn.readNetFromONNX(path)
        seconds = []
        for _ in range(3):
            network.setInput(places)
            start = time.perf_counter()
            colors = network.forward()
            seconds.append(time.perf_counter() - start)
        colors.astype(numpy.float32).tofile(path + ".colors")
        result["seconds"] = min(seconds)
    except cv2.error as error:
        result["error"] = str(error).replace("\n", " ")
    print(json.dumps(result))
