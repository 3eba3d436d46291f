using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>A sinusoidal encoding whose frequencies are constants in the shader's source.</summary>
internal static class ConstantFrequencies
{
    /// <summary>
    /// The function <c>vec4 angle(vec4 turns)</c>: whole turns are taken away before they become an angle, so that no digit is lost.
    /// </summary>
    public const string Angle = """
        vec4 angle(vec4 turns)
        {
            return 6.2831853 * (turns - floor(turns + .5));
        }

        """;

    /// <summary>Declares the features as the vectors <c>x0</c>, <c>x1</c> and so on: the sines, then the cosines.</summary>
    public static void WriteFeatures(StringBuilder text, FrequencyQuads frequencies)
    {
        for (int i = 0; i < frequencies.Count; i++)
            text.Append(FormattableString.Invariant($"""
                    vec4 x{i} = angle({ShaderNumber.Vector(frequencies.Along(i))} * p.x + {ShaderNumber.Vector(frequencies.Down(i))} * p.y);
                    vec4 x{frequencies.Count + i} = cos(x{i});
                    x{i} = sin(x{i});

                """));
    }
}
