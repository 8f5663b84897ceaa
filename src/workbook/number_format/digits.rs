//! Decimal digits of a number as Excel has them: 15 significant ones, halves rounded away from zero.

/// A number without its sign: `0.d1d2d3… × 10^exponent`, no trailing zeros; no digits is zero.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    pub(super) fn of(value: f64) -> Self {
        let text = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        let decimal = Self { digits, exponent: exponent.parse::<i32>().unwrap_or(0) + 1 };
        decimal.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
        self
    }

    pub(super) fn scaled(mut self, tens: i32) -> Self {
        if !self.digits.is_empty() {
            self.exponent += tens;
        }
        self
    }

    /// Whether nothing but zeros is left when rounded to some decimals.
    pub(super) fn rounds_to_zero(&self, decimals: usize) -> bool {
        let (whole, fraction) = self.rounded(decimals);
        whole.bytes().chain(fraction.bytes()).all(|digit| digit == b'0')
    }

    /// The digits before and behind the point, rounded to some decimals.
    pub(super) fn rounded(&self, decimals: usize) -> (String, String) {
        let kept = i64::from(self.exponent) + decimals as i64;
        let (digits, exponent) = self.cut(kept);
        let whole_len = usize::try_from(exponent).unwrap_or(0);
        let lead = usize::try_from(-exponent).unwrap_or(0).min(decimals);
        let at = |index: usize| char::from(digits.get(index).copied().unwrap_or(b'0'));
        let whole = (0..whole_len).map(at).collect();
        let behind = (whole_len..).map(at).take(decimals - lead);
        let fraction = std::iter::repeat_n('0', lead).chain(behind).collect();
        (whole, fraction)
    }

    /// The first digits, the last of them rounded, and the exponent, which rounding may raise.
    fn cut(&self, kept: i64) -> (Vec<u8>, i32) {
        let Ok(kept) = usize::try_from(kept) else { return (Vec::new(), self.exponent) };
        if kept >= self.digits.len() {
            return (self.digits.clone(), self.exponent);
        }
        let mut digits = self.digits[..kept].to_vec();
        if self.digits[kept] < b'5' {
            return (digits, self.exponent);
        }
        while let Some(last) = digits.pop() {
            if last < b'9' {
                digits.push(last + 1);
                return (digits, self.exponent);
            }
        }
        (vec![b'1'], self.exponent + 1)
    }

    /// The mantissa with up to `step` digits before the point, and its power of ten, a multiple of `step`.
    pub(super) fn normalised(&self, step: i32, decimals: usize) -> (Self, i32) {
        if self.digits.is_empty() {
            return (self.clone(), 0);
        }
        let power_of = |exponent: i32| (exponent - 1).div_euclid(step) * step;
        let power = power_of(self.exponent);
        let mantissa = Self { digits: self.digits.clone(), exponent: self.exponent - power };
        let (_, raised) = mantissa.cut(i64::from(mantissa.exponent) + decimals as i64);
        if power_of(raised) == 0 {
            return (mantissa, power);
        }
        (Self { exponent: mantissa.exponent - step, ..mantissa }, power + step)
    }

    /// Writes the number as the formula bar does.
    pub(super) fn write_general(&self, is_negative: bool, out: &mut String) {
        let digits = std::str::from_utf8(&self.digits).unwrap_or_default();
        if digits.is_empty() {
            return out.push('0');
        }
        if is_negative {
            out.push('-');
        }
        let count = digits.len() as i32;
        match self.exponent {
            21.. | ..=-9 => {
                out.push_str(&digits[..1]);
                if count > 1 {
                    out.push('.');
                    out.push_str(&digits[1..]);
                }
                let power = self.exponent - 1;
                out.push_str(if power < 0 { "E-" } else { "E+" });
                out.push_str(&format!("{:02}", power.unsigned_abs()));
            }
            exponent @ ..=0 => {
                out.push_str("0.");
                (exponent..0).for_each(|_| out.push('0'));
                out.push_str(digits);
            }
            exponent if exponent >= count => {
                out.push_str(digits);
                (count..exponent).for_each(|_| out.push('0'));
            }
            exponent => {
                out.push_str(&digits[..exponent as usize]);
                out.push('.');
                out.push_str(&digits[exponent as usize..]);
            }
        }
    }
}
