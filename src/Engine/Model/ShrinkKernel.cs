using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>
/// How a picture was made smaller before it was given to the module: what a pixel of it is of the scene. A network that enlarges
/// pictures learns from copies that are made smaller in the same way.
/// </summary>
public enum ShrinkKernel
{
    /// <summary>
    /// Not known: it is estimated from the picture as <see cref="Bicubic"/>, <see cref="Area"/>, <see cref="Gaussian"/> or
    /// <see cref="Jpeg"/>. docs/quality.md has
    /// how often that is right.
    /// </summary>
    [Description("not known: estimated from the picture; the default")]
    Auto,

    /// <summary>Cubic convolution with a = -0.5, stretched over the larger pixels (Keys 1981): most programs' "bicubic".</summary>
    [Description("cubic convolution: what most programs do to a photograph")]
    Bicubic,

    /// <summary>The mean of what a pixel covers, as a sensor's pixels and fast scalers take it.</summary>
    [Description("the mean of the area that a pixel covers")]
    Area,

    /// <summary>A sinc windowed by a sinc, three lobes: sharp scalers.</summary>
    [Description("Lanczos with three lobes: sharp scalers")]
    Lanczos,

    /// <summary>A Gaussian whose standard deviation is 0.6 of the smaller picture's pixels: soft lenses.</summary>
    [Description("a Gaussian, sigma 0.6 pixels: soft lenses and blurred scans")]
    Gaussian,

    /// <summary>
    /// Any of these, and then a JPEG: its artefacts are not sharpened. A network learns little from such a picture's copies, which have none.
    /// </summary>
    [Description("any of these, and then a JPEG, whose artefacts are not sharpened")]
    Jpeg,
}
