using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>What a network that sees a picture's neighbourhoods makes of the picture.</summary>
public enum NeighborhoodTask
{
    /// <summary>A larger picture.</summary>
    [Description("a larger picture")]
    Enlarge,

    /// <summary>The picture without its noise.</summary>
    [Description("the picture without its noise")]
    Denoise,

    /// <summary>The picture without its gaps: pixels that are held out or hidden by a mask.</summary>
    [Description("the picture without its gaps")]
    Fill,
}
