using System.Management.Automation;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>What Tab offers, by PowerShell's own completion.</summary>
public sealed class CompletionTests : Workspace
{
    public static TheoryData<string, string[]> Lines => new()
    {
        { "Invoke-MlpTraining -Activation ", ["ReLU", "LeakyReLU", "Tanh", "Sigmoid", "Sine", "Gaussian", "FINER", "WIRE", "GELU"] },
        { "Invoke-MlpTraining -Activation s", ["Sigmoid", "Sine"] },
        { "Invoke-MlpTraining -Encoding F", ["Frequency", "Fourier"] },
        { "Invoke-MlpTraining -Encoding 'f", ["Frequency", "Fourier"] },
        { "Invoke-MlpTraining -Quality ", ["Draft", "Standard", "High"] },
        { "Invoke-MlpTraining -Preset ", ["MonaLisa2012", "OneHiddenLayer2012"] },
        { "Invoke-MlpTraining -Sampling ", ["Uniform", "ErrorWeighted"] },
        { "Invoke-MlpTraining -Optimizer ", ["Adam", "Sgd", "AdamW", "Nesterov", "RMSProp", "Muon"] },
        { "Invoke-MlpTraining -Schedule ", ["Cosine", "Exponential", "Constant", "Step", "OneCycle"] },
        { "Invoke-MlpTraining -Loss ", ["MeanSquaredError", "HalfSquaredError", "L1", "Huber"] },
        { "Invoke-MlpTraining -Provider ", ["Auto", "Managed", "Mkl"] },
        { "Get-MlpProvider ", ["Auto", "Managed", "Mkl"] },
        { "Get-MlpProvider Auto, M", ["Managed", "Mkl"] },
        { "New-MlpNetwork -Initialization ", ["Auto", "He", "Xavier", "Siren", "MonaLisa2012", "Finer", "FanIn"] },
        { "New-PixelDataset -HoldOutPattern ", ["Random", "Grid", "Block"] },
        { "Export-MlpModel -Format ", ["Safetensors", "Compressed", "Onnx", "Glsl", "Html"] },
        { "Export-MlpModel -Precision ", ["Single", "Half", "Int8"] },
        { "Invoke-MlpTraining -TargetSsim ", ["0.9", "0.95", "0.98"] },
        { "New-MlpStart -TargetBitsPerPixel ", ["0.25", "0.5", "1", "2"] },
        { "Export-GeneratedImage -Format ", ["Png", "Jpg", "Webp", "Tif", "Avif"] },
    };

    [Theory, MemberData(nameof(Lines))]
    public void Names_come_with_a_line_on_each(string line, string[] expected)
    {
        IReadOnlyList<CompletionResult> results =
            Run("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches", ("line", line))
                .All<CompletionResult>();
        Assert.Equal(expected, results.Select(result => result.CompletionText));
        Assert.All(results, result =>
        {
            Assert.Equal(CompletionResultType.ParameterValue, result.ResultType);
            Assert.Contains(' ', result.ToolTip);
        });
    }
}
