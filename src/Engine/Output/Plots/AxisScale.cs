using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>How an axis is divided.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally far apart.</summary>
    [Description("equal differences are equally far apart")]
    Linear,

    /// <summary>Equal ratios are equally far apart; values that are not above zero have no place.</summary>
    [Description("equal ratios are equally far apart; nothing at or below zero is shown")]
    Logarithmic,
}
