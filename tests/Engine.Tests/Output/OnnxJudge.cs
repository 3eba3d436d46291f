using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>ONNX Runtime, which runs our models and knows nothing of us.</summary>
internal sealed class OnnxJudge : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Loads a model.</summary>
    /// <param name="path">The model.</param>
    /// <param name="optimized">Where to write what ONNX Runtime makes of it, or null.</param>
    public OnnxJudge(string path, string? optimized = null)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            LogSeverityLevel = optimized is null ? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING : OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            OptimizedModelFilePath = optimized ?? "",
        };
        _session = new InferenceSession(path, options);
    }

    public InferenceSession Session => _session;

    /// <summary>Saves a network to a temporary file and loads it.</summary>
    public static OnnxJudge Of(Mlp network, int opset = OnnxOpset.Default)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.onnx");
        new OnnxFile(opset).Save(network, path, cancellationToken: TestContext.Current.CancellationToken);
        return new OnnxJudge(path);
    }

    /// <summary>The centres of a picture's pixels as a user reckons them, <c>[height, width, 2]</c>.</summary>
    public static float[] Centers(int width, int height)
    {
        var centers = new List<float>();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                centers.AddRange([(x + 0.5f) / width, (y + 0.5f) / height]);
        return [.. centers];
    }

    /// <summary>A picture's colours, <c>[height, width, outputs]</c>.</summary>
    public float[] Paint(int width, int height) => Run(Centers(width, height));

    /// <summary>The colours at places <c>[pixels, 2]</c>.</summary>
    public float[] Run(float[] coordinates)
    {
        var input = new DenseTensor<float>(coordinates, [coordinates.Length / 2, 2]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor("coordinates", input)]);
        return [.. results.Single(result => result.Name == "colors").AsTensor<float>()];
    }

    public void Dispose() => _session.Dispose();
}
