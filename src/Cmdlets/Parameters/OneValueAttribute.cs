using System.Collections;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>
/// Hands several values to a type as one text, so that the type's own error says what to do. PowerShell refuses a list for one value with
/// "Specified method is not supported", before the type is asked.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OneValueAttribute : ArgumentTransformationAttribute
{
    /// <summary>The values with commas between them; what is no list is left as it is.</summary>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Argument.Unwrap(inputData) switch
    {
        IList { Count: 1 } list => list[0],
        IList list => string.Join(',', list.Cast<object?>()),
        _ => inputData,
    };
}
