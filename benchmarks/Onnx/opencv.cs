#:package OpenCvSharp4@4.13.0.20260627
#:package OpenCvSharp4.official.runtime.linux-x64@4.13.0.20260627
#:property RestorePackagesWithLockFile=false
#:property ManagePackageVersionsCentrally=false
#:property TreatWarningsAsErrors=false
#:property RunAnalyzers=false
// Runs every model of a folder with a later OpenCV than opencv.py's, as compare-runtimes.ps1 asks its runners to:
//   dotnet run opencv.cs <folder>
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using OpenCvSharp;
using OpenCvSharp.Dnn;

string folder = args[0];
Cv2.SetNumThreads(1);
float[] places = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "places.f32"))).ToArray();
foreach (string path in Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal))
{
    string outcome;
    try
    {
        using Net network = CvDnn.ReadNetFromOnnx(path)!;
        using Mat input = Mat.FromPixelData(places.Length / 2, 2, MatType.CV_32FC1, places);
        double seconds = double.PositiveInfinity;
        float[] values = [];
        for (int round = 0; round < 3; round++)
        {
            network.SetInput(input);
            long start = Stopwatch.GetTimestamp();
            using Mat colors = network.Forward();
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
            colors.GetArray(out values);
        }
        File.WriteAllBytes(path + ".colors", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        outcome = $"\"seconds\": {seconds.ToString(CultureInfo.InvariantCulture)}";
    }
    catch (Exception exception) when (exception is OpenCVException or OpenCvSharpException)
    {
        outcome = $"\"error\": \"{exception.Message.ReplaceLineEndings(" ").Replace('\\', '/').Replace('"', '\'')}\"";
    }
    Console.WriteLine($$"""{"runtime": "OpenCV {{Cv2.GetVersionString()}}", "model": "{{Path.GetFileName(path)}}", {{outcome}}}""");
}
