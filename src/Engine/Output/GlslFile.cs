using System.Text;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>
/// Saves small networks as Shadertoy image shaders: one text in GLSL ES 3.00 that paints the picture with <c>mainImage</c>, the weights
/// constants in it. docs/shader.md tells how to use it and how the limits were found.
/// </summary>
public static class GlslFile
{
    /// <summary>The extension of shaders, with its dot.</summary>
    public const string Extension = ".glsl";

    /// <summary>
    /// The most numbers: weights, biases and frequencies. Firefox takes no source of more than 262,143 characters, and a number is
    /// about 13 of them.
    /// </summary>
    public const int MaxValueCount = 16_384;

    /// <summary>
    /// The most numbers in a grid's tables. ANGLE, the compiler of most browsers, takes no array of 64 KiB, and twice this many took
    /// SwiftShader more than ten seconds to compile.
    /// </summary>
    public const int MaxTableValueCount = 8192;

    /// <summary>Saves the network of a training run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">As for a network.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(TrainingRun run, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        Save(run.Network.WithTraining(run.Facts()), path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Saves a network. The file takes its place in one step when it is complete; a failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is not finite, or the network has more numbers than <see cref="MaxValueCount"/> or
    /// <see cref="MaxTableValueCount"/> allows.
    /// </exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(Mlp network, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        RequireSmall(network, path);
        ExportedFile.Write(
            network, path, overwrite, stream => stream.Write(Encoding.ASCII.GetBytes(ShadertoyShader.Of(network))), cancellationToken);
    }

    private static void RequireSmall(Mlp network, string path)
    {
        long tableValues = network.Design.Encoding.ParameterCount;
        long values = network.ParameterCount - tableValues + network.EncodingTensors.Sum(tensor => tensor.Values.LongLength);
        if (tableValues > MaxTableValueCount)
            throw TooLarge($"the tables of the network's grid have {tableValues} values, and a shader holds at most {MaxTableValueCount}");
        if (values > MaxValueCount)
            throw TooLarge($"the network has {values} weights, biases and frequencies, and a shader holds at most {MaxValueCount}");

        ModelFileException TooLarge(FormattableString what) => new(ModelFileProblem.TooLarge, path,
            $"'{path}' cannot be written: {FormattableString.Invariant(what)}. Train a smaller network, without a grid, or save a page " +
            $"instead (-Format Html, {HtmlFile.Extension}), which shows large networks too.");
    }
}
