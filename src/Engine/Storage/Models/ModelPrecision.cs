using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>How a model file keeps the weights; biases are always 32-bit numbers, and a loaded network's weights too.</summary>
public enum ModelPrecision
{
    /// <summary>As they are, in 32 bits.</summary>
    [Description("every bit of the weights; the default")]
    Single,

    /// <summary>Rounded to the nearest 16-bit number (IEEE 754 binary16).</summary>
    [Description("weights and the tables of a grid in 16 bits: about half the size")]
    Half,

    /// <summary>
    /// 8-bit whole numbers, -127 to 127, times a 32-bit scale for each neuron; the first layer is kept in 16 bits, because it has few
    /// weights and a sine network's frequencies are in them. So are the tables of a grid.
    /// </summary>
    [Description("weights in 8 bits and a scale for each neuron, tables in 16 bits: a dense network in a quarter of the size")]
    Int8,
}
