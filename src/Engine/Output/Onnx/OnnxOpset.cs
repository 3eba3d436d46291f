namespace MonaLisa.Engine.Output;

/// <summary>Versions of ONNX's operators that models can be made of.</summary>
internal static class OnnxOpset
{
    /// <summary>The oldest: the first with Erf, which GELU needs, and whose files need no weights among the inputs. Of 2019.</summary>
    public const int Oldest = 9;

    /// <summary>The newest. Later ones change nothing in the operators that networks take. Of 2023.</summary>
    public const int Newest = 20;

    /// <summary>The one that models have by default, of 2022.</summary>
    public const int Default = 17;

    /// <summary>From this one on, the ends of Slice are inputs.</summary>
    public const int WithSliceInputs = 10;

    /// <summary>From this one on, the limits of Clip are inputs.</summary>
    public const int WithClipInputs = 11;

    /// <summary>From this one on, the widths of Pad are an input.</summary>
    public const int WithPadInputs = 11;

    /// <summary>From this one on, Gemm needs nothing to add.</summary>
    public const int WithOptionalAddend = 11;

    /// <summary>From this one on, GELU is an operator.</summary>
    public const int WithGelu = 20;

    // By opset from 9 on: the release of ONNX that brought the opset.
    private static readonly int[] FileVersions = [4, 5, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9];

    /// <summary>The version of the file format that goes with an opset.</summary>
    public static int FileVersion(int opset) => FileVersions[opset - Oldest];
}
