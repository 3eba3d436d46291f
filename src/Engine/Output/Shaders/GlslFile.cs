using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Exports small networks as Shadertoy image shaders: one text in GLSL ES 3.00 that paints the picture with <c>mainImage</c>, the weights
/// constants in it. docs/shader.md describes how to use it and how the limits were found.
/// </summary>
internal sealed class GlslFile : NetworkExport
{
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

    /// <inheritdoc/>
    public override string Extension => ".glsl";

    /// <inheritdoc/>
    public override string Description => "a Shadertoy image shader";

    private protected override Action<Stream> Prepare(Mlp network, string path, CancellationToken cancellationToken)
    {
        long tableValues = network.Design.Encoding.ParameterCount;
        long values = network.ParameterCount - tableValues + network.EncodingTensors.Sum(tensor => tensor.Values.LongLength);
        if (tableValues > MaxTableValueCount)
            throw TooLarge($"the tables of the network's grid have {tableValues} values, and a shader holds at most {MaxTableValueCount}");
        if (values > MaxValueCount)
            throw TooLarge($"the network has {values} weights, biases and frequencies, and a shader holds at most {MaxValueCount}");
        return stream => stream.Write(Encoding.ASCII.GetBytes(ShadertoyShader.Of(network)));

        ModelFileException TooLarge(FormattableString what) => new(ModelFileProblem.TooLarge, path,
            $"'{path}' cannot be written: {FormattableString.Invariant(what)}. Train a smaller network, without a grid, or save a page " +
            $"instead (-Format Html, {PageExtension}), which shows large networks too.");
    }
}
