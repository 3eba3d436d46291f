using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>How good a picture is wanted, which decides network, time and batches together; docs/quality.md has what each reaches.</summary>
public enum TrainingQuality
{
    /// <summary>Recognisable in a second or two.</summary>
    [Description("recognisable in a second or two")]
    Draft,

    /// <summary>Good, in some ten seconds; more for large pictures.</summary>
    [Description("good in some ten seconds, more for large pictures; the default")]
    Standard,

    /// <summary>Hardly to be told from the original, in a minute; more for large pictures.</summary>
    [Description("hardly to be told from the original, in a minute; more for large pictures")]
    High,
}
