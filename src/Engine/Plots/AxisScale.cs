using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>How an axis is divided.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally far apart.</summary>
    [Description("Equal differences are equally far apart; the default")]
    Linear,

    /// <summary>Equal ratios are equally far apart; values that are not above zero have no place.</summary>
    [Description("Equal ratios are equally far apart")]
    Logarithmic,
}
